package ihome.search;

import ihome.listing.HouseSummary;
import ihome.platform.db.JdbcStatements;
import ihome.pricing.Guests;
import ihome.pricing.HousePrices;
import ihome.pricing.NightPriceRow;
import ihome.pricing.PriceRulesRow;
import ihome.pricing.SeasonRow;
import ihome.search.index.SearchIndex;
import ihome.search.query.SearchCriteria;
import ihome.search.query.SearchDates;
import ihome.search.query.SearchFilters;
import ihome.search.query.SearchSort;
import ihome.stay.OpenArrivals;
import ihome.stay.Stay;
import ihome.stay.StayLength;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The search as SQL: the reference for every other way to answer it. */
final class SearchStore {
    static final int PAGE_SIZE = SearchIndex.PAGE_SIZE;

    private static final String STAY_IS_FREE = """
             and not exists (select from night_claim c
                             where c.house_id = h.id and c.night >= :from and c.night < :until)
            """;
    /** A season's minimum counts in place of the house's, by the day of arrival. */
    private static final String STAY_IS_ADMITTED = " and " + StayLength.WITHIN_MAX_SQL + """
             and (h.min_days <= :stay
                  or exists (select from house_season s
                             where s.house_id = h.id and s.first_night <= :from and s.end_date > :from
                               and s.min_days <= :stay))
             and not exists (select from house_season s
                             where s.house_id = h.id
                               and (s.first_night <= :from and s.end_date > :from
                                    and (s.closed_to_arrival or s.min_days > :stay)
                                    or s.first_night <= :until and s.end_date > :until and s.closed_to_departure))
            """;

    /** As an array, so that the indexes by area are of use. */
    private static final String IS_IN_CITY =
            " and h.area_id = any(array(select a.id from area a where a.city_id = :city))";

    private static final String HAS_ALL_FACILITIES = """
             and (select count(*) from house_facility f
                  where f.house_id = h.id and f.facility_id = any(:facilities)) = cardinality(:facilities)
            """;

    /** Who may charge something else for a stay than the house's price for each night. */
    private static final String MAY_CHARGE_OTHERWISE = " and (" + PriceRulesRow.HAS_ANY + """
             or exists (select from house_season s
                        where s.house_id = h.id and s.price is not null and s.first_night < :until and s.end_date > :from)
             or exists (select from night_price p
                        where p.house_id = h.id and p.night >= :from and p.night < :until))
            """;

    private static final String JOIN_AMOUNTS =
            " left join unnest(:otherwise, :amounts) as charged (house_id, amount) on charged.house_id = h.id";
    private static final String AMOUNT = "coalesce(charged.amount, h.price * :stay)";

    /** The prices of so many houses are computed at a time: each has the prices of all the stay's nights with it. */
    private static final int AT_A_TIME = 5_000;
    /** {@link OpenArrivals#admits(short)}. */
    private static final String CAN_STILL_BE_BOOKED =
            " and (" + OpenArrivals.PACKED_SQL + " >= :requests or " + OpenArrivals.PACKED_SQL + " <= -1 - :instant)";

    private static final String AMOUNTS = "select h.id, " + PriceRulesRow.COLUMNS + ", " + SeasonRow.ALL_OF_HOUSE + ", "
            + NightPriceRow.OF_STAY + " from house h where h.id = any(?)";

    /**
     * What the stay costs where that may be something else than the house's price for each night, of all houses that are
     * what else is asked for. Nothing where no prices of stays are compared.
     */
    StayAmounts chargingOtherwise(Handle tx, SearchCriteria query) {
        Stay stay = query.dates().stay();
        if (stay == null || !query.comparesPrices()) {
            return StayAmounts.NONE;
        }
        String sql = "select h.id from house h where h.published" + conditions(query) + MAY_CHARGE_OTHERWISE;
        List<Long> houses = bind(tx.createQuery(sql), query).mapTo(Long.class).list();
        List<Long> fen = new ArrayList<>(houses.size());
        for (int from = 0; from < houses.size(); from += AT_A_TIME) {
            List<Long> some = houses.subList(from, Math.min(from + AT_A_TIME, houses.size()));
            Map<Long, Long> amounts = amounts(
                    tx, some, stay, query.filters().party(), query.dates().bookedOn());
            some.forEach(house -> fen.add(Objects.requireNonNull(amounts.get(house))));
        }
        return new StayAmounts(houses, fen);
    }

    long count(Handle tx, SearchCriteria query, StayAmounts amounts) {
        String sql = "select count(*) from house h" + (amounts.areNone() ? "" : JOIN_AMOUNTS) + " where h.published"
                + conditions(query) + prices(query, amounts);
        return bindPrices(tx.createQuery(sql), query, amounts).mapTo(long.class).one();
    }

    /**
     * What the stay costs at each of the houses without the deposit, in fen.
     *
     * @param today the day of booking
     */
    Map<Long, Long> amounts(Handle tx, List<Long> houses, Stay stay, Guests guests, LocalDate today) {
        return JdbcStatements.all(
                        tx,
                        AMOUNTS,
                        row -> Map.entry(
                                row.getLong("id"),
                                new HousePrices(PriceRulesRow.of(row), SeasonRow.all(row))
                                        .stay(stay, NightPriceRow.own(row), guests, today)
                                        .amount()
                                        .fen()),
                        new JdbcStatements.Dates(stay.dates()),
                        stay.start(),
                        stay.end(),
                        new JdbcStatements.Longs(houses))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    List<HouseSummary> page(Handle tx, SearchCriteria query, StayAmounts amounts) {
        return bindPage(tx.createQuery(pageSql(query, amounts)), query, amounts)
                .map((row, _) -> HouseSummary.of(row))
                .list();
    }

    /** Where no house charges otherwise, the order by price is that by what the stay costs, and it has an index. */
    static String pageSql(SearchCriteria query, StayAmounts amounts) {
        String where = " where h.published" + conditions(query) + prices(query, amounts);
        if (amounts.areNone()) {
            return HouseSummary.SELECT + where + " order by " + orderBy(query.sort(), "h.price")
                    + " limit :size offset :offset";
        }
        // First which houses, then what else they show.
        return HouseSummary.SELECT + " join (select h.id as house_id, row_number() over (order by "
                + orderBy(query.sort(), AMOUNT) + ") as place from house h" + JOIN_AMOUNTS + where
                + " order by place limit :size offset :offset) found on found.house_id = h.id order by found.place";
    }

    /** @param price what stands for the price, as SQL */
    private static String orderBy(SearchSort sort, String price) {
        String key = switch (sort.key()) {
            case CREATED -> "h.created_at";
            case ORDERS -> "h.order_count";
            case PRICE -> price;
        };
        return sort.isDescending() ? key + " desc, h.id desc" : key + ", h.id";
    }

    static Query bindPage(Query sql, SearchCriteria query, StayAmounts amounts) {
        return bindPrices(sql, query, amounts).bind("size", PAGE_SIZE).bind("offset", (query.page() - 1L) * PAGE_SIZE);
    }

    /** All but what it costs. */
    private static String conditions(SearchCriteria query) {
        return (query.area() == null ? "" : " and h.area_id = :area")
                + (query.city() == null ? "" : IS_IN_CITY)
                + (query.dates().stay() == null ? "" : STAY_IS_ADMITTED)
                + (query.dates().nights() == null ? "" : STAY_IS_FREE)
                + (query.dates().open().leaveOutSome() ? CAN_STILL_BE_BOOKED : "")
                + (query.filters().guests() == null ? "" : " and h.capacity >= :guests")
                + (query.filters().facilities().isEmpty() ? "" : HAS_ALL_FACILITIES);
    }

    /** Of a stay its average night, not rounded. */
    private static String prices(SearchCriteria query, StayAmounts amounts) {
        String compared = amounts.areNone() ? "h.price" : AMOUNT;
        String nights = amounts.areNone() ? "" : " * :stay";
        return (query.filters().priceFrom() == null ? "" : " and " + compared + " >= :pricefrom" + nights)
                + (query.filters().priceTo() == null ? "" : " and " + compared + " <= :priceto" + nights);
    }

    private static Query bind(Query sql, SearchCriteria query) {
        if (query.area() != null) {
            sql.bind("area", query.area());
        }
        if (query.city() != null) {
            sql.bind("city", query.city());
        }
        SearchDates dates = query.dates();
        if (dates.stay() != null) {
            sql.bind("stay", dates.stay().nights());
        }
        if (dates.nights() != null) {
            sql.bind("from", dates.nights().start())
                    .bind("until", dates.nights().end());
        }
        if (dates.open().leaveOutSome()) {
            sql.bind("instant", dates.open().instant())
                    .bind("requests", dates.open().requests());
        }
        SearchFilters filters = query.filters();
        if (filters.guests() != null) {
            sql.bind("guests", filters.guests());
        }
        if (!filters.facilities().isEmpty()) {
            sql.bindArray("facilities", Integer.class, filters.facilities());
        }
        return sql;
    }

    private static Query bindPrices(Query sql, SearchCriteria query, StayAmounts amounts) {
        bind(sql, query);
        SearchFilters filters = query.filters();
        if (filters.priceFrom() != null) {
            sql.bind("pricefrom", filters.priceFrom());
        }
        if (filters.priceTo() != null) {
            sql.bind("priceto", filters.priceTo());
        }
        return amounts.areNone()
                ? sql
                : sql.bindArray("otherwise", Long.class, amounts.houses())
                        .bindArray("amounts", Long.class, amounts.fen());
    }
}
