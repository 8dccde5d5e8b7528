/** Work that does nothing but compute, and for long. */
@NullMarked
package ihome.platform.work;

import org.jspecify.annotations.NullMarked;
