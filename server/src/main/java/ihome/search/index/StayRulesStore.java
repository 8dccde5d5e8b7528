package ihome.search.index;

import ihome.platform.db.JdbcStatements;
import ihome.platform.money.Money;
import ihome.pricing.PackedPrices;
import ihome.pricing.PriceRules;
import ihome.pricing.PriceRulesRow;
import ihome.pricing.Season;
import ihome.pricing.SeasonRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** SQL of {@link StayRules}. */
final class StayRulesStore {
    /** What {@link #of} reads, for a few houses {@code h}; {@code :first} is the first night that is held. */
    static final String COLUMNS = PriceRulesRow.COLUMNS + ", " + SeasonRow.ALL_OF_HOUSE + """
            , array(select x.value
                    from night_price p
                    cross join lateral unnest(array[(p.night - date '1970-01-01')::bigint, p.price])
                        with ordinality x (value, i)
                    where p.house_id = h.id and p.night >= :first
                    order by p.night, x.i) as index_own_prices
            """;

    private static final int[] NONE = {};

    private final Map<Long, PriceRules> prices = new HashMap<>();
    private final Map<Long, List<Season>> seasons = new HashMap<>();
    private final Map<Long, int[]> own = new HashMap<>();

    private StayRulesStore() {}

    /** Of one house, from a row of {@link #COLUMNS}. */
    static StayRules of(ResultSet row) throws SQLException {
        List<Season> seasons = SeasonRow.all(row);
        Long[] own = (Long[]) row.getArray("index_own_prices").getArray();
        return StayRules.of(
                seasons,
                PackedPrices.of(
                        PriceRulesRow.of(row),
                        seasons,
                        Arrays.stream(own).mapToInt(Math::toIntExact).toArray()));
    }

    /** Of all houses that have some: few, so that they are read before the houses. */
    static StayRulesStore all(Handle tx, Nights nights) {
        StayRulesStore all = new StayRulesStore();
        JdbcStatements.all(
                        tx,
                        "select h.id, " + PriceRulesRow.COLUMNS + " from house h where h.published and "
                                + PriceRulesRow.HAS_ANY,
                        row -> Map.entry(row.getLong("id"), PriceRulesRow.of(row)))
                .forEach(each -> all.prices.put(each.getKey(), each.getValue()));
        JdbcStatements.all(
                        tx,
                        "select s.house_id, " + SeasonRow.COLUMNS
                                + " from house_season s order by s.house_id, s.first_night",
                        row -> Map.entry(row.getLong("house_id"), SeasonRow.of(row)))
                .forEach(each -> all.seasons
                        .computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
                        .add(each.getValue()));
        all.readOwnPrices(tx, nights);
        return all;
    }

    private void readOwnPrices(Handle tx, Nights nights) {
        String query = "select house_id, (night - date '1970-01-01')::int, price::bigint from night_price"
                + " where night >= date '" + nights.first() + "' order by house_id, night";
        OwnPrices reading = new OwnPrices();
        IndexStore.eachRow(tx, query, 3, row -> {
            reading.house(row.longField());
            reading.add(row.intField());
            reading.add(Math.toIntExact(row.longField()));
        });
        reading.house(0);
    }

    /** Gathers the own prices of one house after the other. */
    private final class OwnPrices {
        private long house;
        private int[] numbers = new int[64];
        private int size;

        void house(long next) {
            if (next != house && size != 0) {
                own.put(house, Arrays.copyOf(numbers, size));
                size = 0;
            }
            house = next;
        }

        void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = number;
        }
    }

    /** @param price the house's own */
    StayRules of(long house, long price) {
        PriceRules rules = prices.get(house);
        List<Season> ofHouse = seasons.getOrDefault(house, List.of());
        int[] nights = own.getOrDefault(house, NONE);
        if (rules == null && ofHouse.isEmpty() && nights.length == 0) {
            return StayRules.NONE;
        }
        PriceRules present = rules == null ? PriceRules.flat(new Money(price)) : rules;
        return StayRules.of(ofHouse, PackedPrices.of(present, ofHouse, nights));
    }
}
