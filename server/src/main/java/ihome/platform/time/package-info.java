/** The clock and the calendar of the site: every date is a date of the site's time zone, every instant is UTC. */
@NullMarked
package ihome.platform.time;

import org.jspecify.annotations.NullMarked;
