/** The words of the change log: what features write of and what those who keep copies listen for. */
@NullMarked
package ihome.topics;

import org.jspecify.annotations.NullMarked;
