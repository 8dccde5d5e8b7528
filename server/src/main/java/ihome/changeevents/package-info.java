/** The words of the change log: what features write of and what those who keep copies listen for. */
@NullMarked
package ihome.changeevents;

import org.jspecify.annotations.NullMarked;
