/** What guests say of finished stays, and what hosts answer: one comment an order, one answer a comment. */
@NullMarked
package ihome.review;

import org.jspecify.annotations.NullMarked;
