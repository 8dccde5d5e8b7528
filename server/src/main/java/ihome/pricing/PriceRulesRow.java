package ihome.pricing;

import ihome.platform.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Where a house's price rules stand in its row: for every store that reads them. */
public final class PriceRulesRow {
    /** The columns that {@link #of} reads, of the table {@code house} by the name {@code h}. */
    public static final String COLUMNS =
            "h.price, h.weekend_price, h.cleaning_fee, h.weekly_discount, h.monthly_discount, h.deposit";

    private PriceRulesRow() {}

    public static PriceRules of(ResultSet row) throws SQLException {
        Long weekend = row.getObject("weekend_price", Long.class);
        return new PriceRules(
                new Money(row.getLong("price")),
                weekend == null ? null : new Money(weekend),
                new Money(row.getLong("cleaning_fee")),
                null,
                Money.ZERO,
                row.getInt("weekly_discount"),
                row.getInt("monthly_discount"),
                null,
                null,
                new Money(row.getLong("deposit")));
    }
}
