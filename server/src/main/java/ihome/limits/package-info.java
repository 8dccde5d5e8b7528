/** Every limit of the site in one enum, checked atomically; when the store is down nothing passes. */
@NullMarked
package ihome.limits;

import org.jspecify.annotations.NullMarked;
