/** Guests and hosts: registration, log-in, profile, real-name verification. */
@NullMarked
package ihome.account;

import org.jspecify.annotations.NullMarked;
