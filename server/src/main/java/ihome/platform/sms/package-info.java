/**
 * Codes sent as text messages through a provider, each attempt once: what came of it is a metric and a line of the log,
 * neither of which holds a mobile or a code.
 */
@NullMarked
package ihome.platform.sms;

import org.jspecify.annotations.NullMarked;
