/**
 * Orders: no night is sold twice, prices are frozen when a stay is booked, and an order changes only as its table of
 * states allows. Whatever an order does, it does in one transaction with its nights, its history and its money.
 */
@NullMarked
package ihome.booking;

import org.jspecify.annotations.NullMarked;
