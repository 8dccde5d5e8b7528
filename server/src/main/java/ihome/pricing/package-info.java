/**
 * What a stay costs: one function over a house's rules, in whole fen. Quote, order and calendar ask it, and nothing else
 * computes a price. It knows no clock and runs no statement.
 */
@NullMarked
package ihome.pricing;

import org.jspecify.annotations.NullMarked;
