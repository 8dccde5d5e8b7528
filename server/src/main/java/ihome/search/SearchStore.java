package ihome.search;

import ihome.listing.HouseSummary;
import ihome.platform.db.JdbcStatements;
import ihome.pricing.Guests;
import ihome.pricing.HousePrices;
import ihome.pricing.NightPriceRow;
import ihome.pricing.PriceRulesRow;
import ihome.pricing.SeasonRow;
import ihome.search.index.SearchIndex;
import ihome.stay.OpenArrivals;
import ihome.stay.Stay;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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
    private static final String STAY_IS_ADMITTED = """
             and (h.max_days = 0 or h.max_days >= :stay)
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

    /** {@link OpenArrivals#admits(short)}. */
    private static final String CAN_STILL_BE_BOOKED =
            " and (" + OpenArrivals.PACKED_SQL + " >= :requests or " + OpenArrivals.PACKED_SQL + " <= -1 - :instant)";

    private static final String AMOUNTS = "select h.id, " + PriceRulesRow.COLUMNS + ", " + SeasonRow.ALL_OF_HOUSE + ", "
            + NightPriceRow.OF_STAY + " from house h where h.id = any(?)";

    long count(Handle tx, HouseQuery query) {
        return bind(tx.createQuery("select count(*) from house h where h.published" + conditions(query)), query)
                .mapTo(long.class)
                .one();
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

    List<HouseSummary> page(Handle tx, HouseQuery query) {
        return bindPage(tx.createQuery(pageSql(query)), query)
                .map((row, _) -> HouseSummary.of(row))
                .list();
    }

    static String pageSql(HouseQuery query) {
        return HouseSummary.SELECT + " where h.published" + conditions(query) + " order by "
                + query.sort().orderBy() + " limit :size offset :offset";
    }

    static Query bindPage(Query sql, HouseQuery query) {
        return bind(sql, query).bind("size", PAGE_SIZE).bind("offset", (query.page() - 1L) * PAGE_SIZE);
    }

    private static String conditions(HouseQuery query) {
        return (query.area() == null ? "" : " and h.area_id = :area")
                + (query.city() == null ? "" : IS_IN_CITY)
                + (query.stay() == 0 ? "" : STAY_IS_ADMITTED)
                + (query.from() == null ? "" : STAY_IS_FREE)
                + (query.leavesOutTheLate() ? CAN_STILL_BE_BOOKED : "")
                + (query.only().guests() == null ? "" : " and h.capacity >= :guests")
                + (query.only().priceFrom() == null ? "" : " and h.price >= :pricefrom")
                + (query.only().priceTo() == null ? "" : " and h.price <= :priceto")
                + (query.only().facilities().isEmpty() ? "" : HAS_ALL_FACILITIES);
    }

    private static Query bind(Query sql, HouseQuery query) {
        if (query.area() != null) {
            sql.bind("area", query.area());
        }
        if (query.city() != null) {
            sql.bind("city", query.city());
        }
        if (query.stay() != 0) {
            sql.bind("stay", query.stay());
        }
        if (query.from() != null) {
            sql.bind("from", query.from()).bind("until", query.until());
        }
        if (query.leavesOutTheLate()) {
            sql.bind("instant", query.open().instant())
                    .bind("requests", query.open().requests());
        }
        HouseQuery.Only only = query.only();
        if (only.guests() != null) {
            sql.bind("guests", only.guests());
        }
        if (only.priceFrom() != null) {
            sql.bind("pricefrom", only.priceFrom());
        }
        if (only.priceTo() != null) {
            sql.bind("priceto", only.priceTo());
        }
        if (!only.facilities().isEmpty()) {
            sql.bindArray("facilities", Integer.class, only.facilities());
        }
        return sql;
    }
}
