/**
 * Guests' money: where they are sent to pay, what the provider reports, what goes back. A report counts when its signature,
 * its application, its seller, its trade and its amount are right, and it counts once, in whatever order and however often
 * it comes; a report that is lost is asked for. No provider is called inside a transaction.
 */
@NullMarked
package ihome.payment;

import org.jspecify.annotations.NullMarked;
