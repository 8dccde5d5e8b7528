/** The refusals of the API: a return code, a message, and the exception that carries them. */
@NullMarked
package ihome.platform.problem;

import org.jspecify.annotations.NullMarked;
