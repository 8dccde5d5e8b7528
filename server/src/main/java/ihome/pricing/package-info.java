/**
 * What a stay costs: one function over a house's rules, in whole fen. Quote, order and calendar ask {@link
 * ihome.pricing.HousePrices}; the search index, which compares many houses, {@link ihome.pricing.PackedPrices}, which a test
 * holds equal to it. It knows no clock and runs no statement.
 */
@NullMarked
package ihome.pricing;

import org.jspecify.annotations.NullMarked;
