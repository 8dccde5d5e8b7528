/** Tells guests and hosts what happened to their orders; committed with the change, readable by nobody else. */
@NullMarked
package ihome.notice;

import org.jspecify.annotations.NullMarked;
