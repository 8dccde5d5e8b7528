/**
 * Real names and identity numbers at rest: the keys that they are encrypted with, the change of a key while the site
 * serves, and the record of who has had to do with them.
 */
@NullMarked
package ihome.identity;

import org.jspecify.annotations.NullMarked;
