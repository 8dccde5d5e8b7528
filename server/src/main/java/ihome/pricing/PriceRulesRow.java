package ihome.pricing;

import ihome.platform.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where a house's price rules stand in its row: for every store that reads them. */
public final class PriceRulesRow {
    /** The columns that {@link #of} reads, of the table {@code house} by the name {@code h}. */
    public static final String COLUMNS =
            "h.price, h.weekend_price, h.cleaning_fee, h.base_guests, h.extra_guest_fee, h.weekly_discount,"
                    + " h.monthly_discount, h.early_bird_days, h.early_bird_percent, h.last_minute_days,"
                    + " h.last_minute_percent, h.deposit";

    /** Whether the house {@code h} has a rule that can make a night cost something else than its price, or a fee. */
    public static final String HAS_ANY =
            "(h.weekend_price is not null or h.cleaning_fee <> 0 or h.extra_guest_fee <> 0 or h.weekly_discount <> 0"
                    + " or h.monthly_discount <> 0 or h.early_bird_percent <> 0 or h.last_minute_percent <> 0)";

    private PriceRulesRow() {}

    public static PriceRules of(ResultSet row) throws SQLException {
        Long weekend = row.getObject("weekend_price", Long.class);
        return new PriceRules(
                new Money(row.getLong("price")),
                weekend == null ? null : new Money(weekend),
                new Money(row.getLong("cleaning_fee")),
                row.getObject("base_guests", Integer.class),
                new Money(row.getLong("extra_guest_fee")),
                row.getInt("weekly_discount"),
                row.getInt("monthly_discount"),
                leadTime(row, "early_bird"),
                leadTime(row, "last_minute"),
                new Money(row.getLong("deposit")));
    }

    private static @Nullable LeadTimeDiscount leadTime(ResultSet row, String name) throws SQLException {
        Integer days = row.getObject(name + "_days", Integer.class);
        return days == null ? null : new LeadTimeDiscount(days, row.getInt(name + "_percent"));
    }
}
