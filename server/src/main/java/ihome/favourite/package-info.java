/** Favourites: the houses that an account has marked, first kept by the device and merged at log-in. */
@NullMarked
package ihome.favourite;

import org.jspecify.annotations.NullMarked;
