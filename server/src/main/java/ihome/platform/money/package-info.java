/** Money in integer fen, read as a decimal and never through binary floating point. */
@NullMarked
package ihome.platform.money;

import org.jspecify.annotations.NullMarked;
