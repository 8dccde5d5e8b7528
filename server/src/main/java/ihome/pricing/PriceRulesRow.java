package ihome.pricing;

import ihome.platform.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Where a house's price rules stand in its row: for every store that reads them. */
public final class PriceRulesRow {
    /** The columns that {@link #of} reads, of the table {@code house} by the name {@code h}. */
    public static final String COLUMNS = "h.price, h.deposit";

    private PriceRulesRow() {}

    public static PriceRules of(ResultSet row) throws SQLException {
        return PriceRules.flat(new Money(row.getLong("price")), new Money(row.getLong("deposit")));
    }
}
