/** Opaque session tokens and the accounts they stand for. */
@NullMarked
package ihome.platform.session;

import org.jspecify.annotations.NullMarked;
