/** Which answers are kept, on the heap and in Redis under the keys of the API document, and which changes make them void. */
@NullMarked
package ihome.cache;

import org.jspecify.annotations.NullMarked;
