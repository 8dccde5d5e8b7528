/** Encryption of personal data at rest. */
@NullMarked
package ihome.platform.crypto;

import org.jspecify.annotations.NullMarked;
