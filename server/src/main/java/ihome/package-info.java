/** The program: command line, configuration, and the one place where every part is made. */
@NullMarked
package ihome;

import org.jspecify.annotations.NullMarked;
