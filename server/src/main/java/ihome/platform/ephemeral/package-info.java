/** State that ends by itself (sessions, one-use codes): kept under a key until a time, taken atomically. */
@NullMarked
package ihome.platform.ephemeral;

import org.jspecify.annotations.NullMarked;
