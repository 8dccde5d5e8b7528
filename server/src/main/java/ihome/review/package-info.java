/**
 * What guests say of finished stays, what hosts answer, and what hosts say of their guests: one of each an order. When it is
 * shown, and what becomes of one that is reported.
 */
@NullMarked
package ihome.review;

import org.jspecify.annotations.NullMarked;
