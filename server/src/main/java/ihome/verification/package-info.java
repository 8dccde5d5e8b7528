/** Captchas and SMS codes: what a visitor must read or receive before a mobile number counts as theirs. */
@NullMarked
package ihome.verification;

import org.jspecify.annotations.NullMarked;
