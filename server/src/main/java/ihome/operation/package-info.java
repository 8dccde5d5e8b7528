/** What operators ask a running server: is it alive, is it ready, how is it doing; and its pictures and documents. */
@NullMarked
package ihome.operation;

import org.jspecify.annotations.NullMarked;
