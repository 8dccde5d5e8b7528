/** What a stay is, how long it may be, and what cancelling one costs: the values that listing, search and booking have to agree on. */
@NullMarked
package ihome.stay;

import org.jspecify.annotations.NullMarked;
