/** Captchas and SMS codes: made here, taken once, never read and then deleted. */
@NullMarked
package ihome.verification;

import org.jspecify.annotations.NullMarked;
