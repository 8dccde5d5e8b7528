/** JSON reading and writing with fixed bounds: UTF-8, snake case, limited depth and size. */
@NullMarked
package ihome.platform.json;

import org.jspecify.annotations.NullMarked;
