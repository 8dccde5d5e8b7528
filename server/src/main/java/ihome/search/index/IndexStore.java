package ihome.search.index;

import ihome.listing.HouseSummary;
import ihome.platform.db.JdbcStatements;
import ihome.stay.OpenArrivals;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/** All SQL of the index. */
// Nobody compares them.
@SuppressWarnings("ArrayRecordComponent")
final class IndexStore {
    private static final String HOUSES =
            "select s.*, h.area_id as index_area, h.min_days as index_min, h.max_days as index_max, "
                    + OpenArrivals.PACKED_SQL + " as index_arrivals"
                    + ", (select a.city_id from area a where a.id = h.area_id) as index_city";
    private static final String FROM = " from (" + HouseSummary.SELECT + ") s join house h on h.id = s.id";

    /** For a few houses. Their facilities by the rows, not by the number that is kept of them: so they check each other. */
    private static final String THESE =
            """
            , (select bit_or(1::bigint << f.facility_id) from house_facility f where f.house_id = h.id) as index_facilities
            , %s
            , array(select c.night - cast(:first as date) from night_claim c
                    where c.house_id = h.id and c.night >= :first and c.night < :end) as index_nights
            , exists (select from night_claim c where c.house_id = h.id and c.night >= :end) as index_beyond
            """.formatted(StayRulesStore.COLUMNS) + FROM + " where h.published and h.id = any(:ids)";

    /** What is taken of houses whose nights alone may have changed. */
    private static final String NIGHTS = """
            select h.id,
                   array(select c.night - cast(? as date) from night_claim c
                         where c.house_id = h.id and c.night >= ? and c.night < ?) as index_nights,
                   exists (select from night_claim c where c.house_id = h.id and c.night >= ?) as index_beyond
            from unnest(?) h (id)
            """;

    /** For all of them, in the order and with the types that {@link #house(BinaryRows, StayRulesStore, Map)} reads. */
    private static final String ALL = """
            select s.id::bigint, s.title::text, s.price::bigint, s.area_name::text, s.main_image::text, s.room_count::int,
                   s.order_count::int, s.address::text, s.owner_avatar::text, s.created_at::timestamptz, s.capacity::int,
                   s.beds::text, s.rating_sum::bigint, s.rating_count::int,
                   h.area_id::int, h.min_days::int, h.max_days::int, %s,
                   h.facility_mask::bigint
            """.formatted(OpenArrivals.PACKED_SQL) + FROM + " where h.published";

    private static final int ALL_FIELDS = 19;

    // A sequence that was never asked stands at the first number that it will give.
    private static final String LAST_CHANGE =
            "select case when is_called then last_value else 0 end from change_log_id_seq";

    private final Function<HouseSummary, byte[]> card;

    /** @param card the JSON of a house in a list */
    IndexStore(Function<HouseSummary, byte[]> card) {
        this.card = card;
    }

    /**
     * A house as it stands in the database, its card not packed yet.
     *
     * @param nights a bit for each taken night
     * @param beyond whether nights after the last one that is held are taken
     */
    record Row(House house, long[] nights, boolean beyond) {
        /**
         * Whether the database says the same of the house.
         *
         * @param day days since 1970; what a night before it costs is not compared
         */
        boolean isSameFrom(int day, Row other) {
            return house.isSameFrom(day, other.house) && Arrays.equals(nights, other.nights) && beyond == other.beyond;
        }

        House packed(HouseCardCodec cards) {
            return with(house, cards.pack(house.card()));
        }
    }

    /** What is taken of a house, as {@link Row} has it. */
    record Taken(long house, long[] nights, boolean beyond) {}

    /** The same house with another card. */
    static House with(House house, byte[] card) {
        return new House(
                house.id(),
                house.created(),
                house.price(),
                house.orders(),
                house.area(),
                house.city(),
                house.minDays(),
                house.maxDays(),
                house.capacity(),
                house.arrivals(),
                house.facilities(),
                house.rules(),
                card);
    }

    /** Those of the houses that can be found now. */
    List<Row> read(Handle handle, Nights nights, Collection<Long> ids) {
        return handle.createQuery(HOUSES + THESE)
                .bind("first", nights.first())
                .bind("end", nights.end())
                .bindArray("ids", Long.class, ids)
                .map((row, _) -> new Row(house(row), taken(row), row.getBoolean("index_beyond")))
                .list();
    }

    /** What is taken of each of the houses, whether or not it can be found. */
    List<Taken> readNights(Handle handle, Nights nights, Collection<Long> ids) {
        return JdbcStatements.all(
                handle,
                NIGHTS,
                row -> new Taken(row.getLong("id"), taken(row), row.getBoolean("index_beyond")),
                nights.first(),
                nights.first(),
                nights.end(),
                nights.end(),
                new JdbcStatements.Longs(List.copyOf(ids)));
    }

    private static long[] taken(ResultSet row) throws SQLException {
        long[] taken = new long[Nights.WORDS];
        for (Integer night : (Integer[]) row.getArray("index_nights").getArray()) {
            Bits.set(taken, 0, night);
        }
        return taken;
    }

    private House house(ResultSet row) throws SQLException {
        return house(
                HouseSummary.of(row),
                row.getShort("index_area"),
                row.getShort("index_city"),
                row.getInt("index_min"),
                row.getInt("index_max"),
                row.getInt("index_arrivals"),
                row.getLong("index_facilities"),
                StayRulesStore.of(row));
    }

    private House house(BinaryRows row, StayRulesStore rules, Map<Short, Short> cities) throws IOException {
        HouseSummary summary = new HouseSummary(
                row.longField(),
                row.text(),
                row.longField(),
                row.text(),
                row.textOrNull(),
                row.intField(),
                row.intField(),
                row.text(),
                row.textOrNull(),
                row.instant(),
                row.intField(),
                row.text(),
                row.longField(),
                row.intField(),
                true);
        short area = (short) row.intField();
        return house(
                summary,
                area,
                cities.getOrDefault(area, (short) 0),
                row.intField(),
                row.intField(),
                row.intField(),
                row.longField(),
                rules.of(summary.id(), summary.price()));
    }

    private House house(
            HouseSummary summary,
            short area,
            short city,
            int minDays,
            int maxDays,
            int arrivals,
            long facilities,
            StayRules rules) {
        return new House(
                summary.id(),
                ChronoUnit.MICROS.between(Instant.EPOCH, summary.createdAt()),
                summary.price(),
                summary.orderCount(),
                area,
                city,
                (short) minDays,
                (short) maxDays,
                (short) Math.min(summary.capacity(), Short.MAX_VALUE),
                (short) arrivals,
                facilities,
                rules,
                card.apply(summary));
    }

    List<Long> housesOf(Handle handle, Collection<Long> owners) {
        return handle.createQuery("select id from house where owner_id = any(:owners)")
                .bindArray("owners", Long.class, owners)
                .mapTo(Long.class)
                .list();
    }

    /** No row of the change log has a higher number yet. */
    long lastChange(Handle handle) {
        return JdbcStatements.first(handle, LAST_CHANGE, row -> row.getLong(1)).orElseThrow();
    }

    /** The next houses from an id on. */
    List<Long> some(Handle handle, long from, int count) {
        return handle.createQuery("select id from house where id >= :from order by id limit :count")
                .bind("from", from)
                .bind("count", count)
                .mapTo(Long.class)
                .list();
    }

    long highestId(Handle handle) {
        return handle.createQuery("select coalesce(max(id), 0) from house")
                .mapTo(long.class)
                .one();
    }

    /**
     * Lets the statements of this transaction take as long as a whole table takes. Without parallel workers: what they
     * hand over costs more than they do, and the two connections of a build keep two processors busy.
     */
    void prepare(Handle tx) {
        tx.execute("set local statement_timeout = 0");
        tx.execute("set local max_parallel_workers_per_gather = 0");
        tx.execute("set local work_mem = '64MB'");
        int highest = tx.createQuery("select coalesce(max(id), 0) from facility")
                .mapTo(int.class)
                .one();
        if (highest >= FilterBitmaps.FACILITIES) {
            throw new IllegalStateException("a facility with the id " + highest);
        }
    }

    /** Roughly how many houses there are. */
    int houses(Handle tx) {
        return tx.createQuery("select greatest(reltuples, 0)::int from pg_class where oid = 'house'::regclass")
                .mapTo(int.class)
                .one();
    }

    /** The name of what this transaction sees, for {@link #see} in another one. */
    String seen(Handle tx) {
        return tx.createQuery("select pg_export_snapshot()").mapTo(String.class).one();
    }

    /** Makes a transaction that has just begun see what the other one does. */
    void see(Handle tx, String seen) {
        if (!seen.matches("[0-9A-F-]+")) {
            throw new IllegalArgumentException("not a snapshot: " + seen);
        }
        tx.execute("set transaction snapshot '" + seen + "'");
    }

    /**
     * Every house that can be found. By COPY: PostgreSQL works on while the houses before are made, which it does not for
     * a cursor.
     */
    void eachHouse(Handle tx, Nights nights, Consumer<House> use) {
        StayRulesStore rules = StayRulesStore.all(tx, nights);
        Map<Short, Short> cities = cities(tx);
        eachRow(tx, ALL, ALL_FIELDS, row -> use.accept(house(row, rules, cities)));
    }

    /** The city of each area. Read beside the houses: to join so few rows to each of millions would be paid for millions of times. */
    private static Map<Short, Short> cities(Handle tx) {
        Map<Short, Short> cities = new HashMap<>();
        tx.createQuery("select id, city_id from area")
                .map((row, _) -> Map.entry(row.getShort("id"), row.getShort("city_id")))
                .forEach(each -> cities.put(each.getKey(), each.getValue()));
        return cities;
    }

    interface TakenNight {
        void accept(long house, int night);
    }

    /**
     * Every taken night from the first one on, counted from that, all of a house at once; of those that are not held only
     * that there are some. As a text with a character for each night, since nothing else that PostgreSQL gathers is made
     * and sent as cheaply: a row or an element of an array for each is a third more of its work, and four times the bytes.
     */
    void eachNight(Handle tx, Nights nights, TakenNight use) {
        // There is no character 0; a night's number is below 2048, so that two bytes do.
        String query = "select house_id, string_agg(chr(least(night - date '" + nights.first() + "', " + Nights.COUNT
                + ") + 1), '') from night_claim where night >= date '" + nights.first() + "' group by house_id";
        eachRow(tx, query, 2, row -> {
            long house = row.longField();
            row.eachCharacter(character -> use.accept(house, character - 1));
        });
    }

    interface RowReader {
        void read(BinaryRows row) throws IOException;
    }

    static void eachRow(Handle tx, String query, int fields, RowReader reader) {
        try (InputStream in = new PGCopyInputStream(
                        tx.getConnection().unwrap(PGConnection.class),
                        "copy (" + query + ") to stdout (format binary)");
                BinaryRows rows = new BinaryRows(in, fields)) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("COPY failed: " + e.getMessage(), e);
        }
    }
}
