/** Requests that a client may send again: the same key answers the same, and does its work once. */
@NullMarked
package ihome.platform.idempotency;

import org.jspecify.annotations.NullMarked;
