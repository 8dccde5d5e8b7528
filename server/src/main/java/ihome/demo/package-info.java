/**
 * A site full of made-up houses, hosts, stays and reviews for who looks at iHome for the first time. Promises that filling
 * twice is filling once, that everything goes through the import and the use cases of hosts and guests, and that removing it
 * takes nothing that real people added.
 */
@NullMarked
package ihome.demo;

import org.jspecify.annotations.NullMarked;
