/** What texts that people send may hold, and how long they may be before anything dear looks at them. */
@NullMarked
package ihome.platform.text;

import org.jspecify.annotations.NullMarked;
