/** What this program was built from. */
@NullMarked
package ihome.platform.build;

import org.jspecify.annotations.NullMarked;
