package ihome.listing;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.testing.Await;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The number that a house keeps of its facilities is what the rows say, whoever writes them. */
class FacilityMaskTest {
    private static final int HOUSES = 40;

    private final TestPostgres.Database fresh = TestPostgres.freshDatabase();
    private final Database database =
            new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 4));

    @AfterEach
    void close() {
        database.close();
    }

    private void execute(String sql) {
        database.withConnection(handle -> handle.execute(sql));
    }

    private void someHouses() {
        execute("insert into account (name, mobile, created_at) values ('host', '13900000000', now())");
        execute("""
                insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                   deposit, min_days, max_days, created_at)
                select (select id from account), 'house', 1, 1, 'street', 1, 1, 'flat', 1, 'bed', 0, 1, 0, now()
                from generate_series(1, %d)
                """.formatted(HOUSES));
        execute("insert into facility (id, name) values (63, 'the last one'), (64, 'one too many')");
    }

    private int different() {
        return database.withConnection(
                handle -> handle.createQuery("""
                        select count(*) from house
                        where facility_mask <> coalesce((select sum(1::numeric * 2 ^ facility_id) from house_facility
                                                         where house_id = id and facility_id < 63), 0)::bigint
                            | case when exists (select from house_facility where house_id = id and facility_id = 63)
                              then -9223372036854775808 else 0 end
                        """).mapTo(int.class).one());
    }

    private long mask(long house) {
        return database.withConnection(handle -> handle.createQuery("select facility_mask from house where id = :house")
                .bind("house", house)
                .mapTo(long.class)
                .one());
    }

    @Test
    void housesOfBefore() {
        database.schema().migrateTo("13");
        someHouses();
        execute("insert into house_facility select h.id, f.id from house h, facility f where (h.id * f.id) % 3 = 0");
        database.schema().migrate();
        assertThat(different()).isZero();
        assertThat(mask(1)).isEqualTo(1L << 3 | 1 << 6 | 1 << 9 | 1 << 12 | 1 << 15 | 1 << 18 | 1 << 21 | 1L << 63);
    }

    @Test
    void whateverIsWritten() {
        database.schema().migrate();
        someHouses();
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < 60; step++) {
            String some = "(house_id * 7 + facility_id * 13 + " + random.nextInt(1000) + ") % 5 = 0";
            String sql = switch (random.nextInt(5)) {
                case 0 -> "delete from house_facility where " + some;
                case 1 -> "delete from house_facility where house_id = " + random.nextInt(1, HOUSES + 1);
                case 2 ->
                    "update house_facility set house_id = house_id % " + HOUSES + " + 1 where " + some
                            + " and not exists (select from house_facility o where o.facility_id = "
                            + "house_facility.facility_id and o.house_id = house_facility.house_id % " + HOUSES
                            + " + 1)";
                default ->
                    "insert into house_facility select * from (select h.id as house_id, f.id as facility_id"
                            + " from house h, facility f) t where " + some + " on conflict do nothing";
            };
            execute(sql);
            assertThat(different()).as("seed %d, step %d: %s", seed, step, sql).isZero();
        }
        execute("delete from house where id = 2");
        assertThat(different()).isZero();
    }

    @Test
    void twoAtTheSameTime() throws Exception {
        database.schema().migrate();
        someHouses();
        try (Connection one = open();
                Connection other = open();
                Statement first = one.createStatement();
                Statement second = other.createStatement()) {
            first.execute("insert into house_facility values (1, 1)");
            FutureTask<Void> waiting = new FutureTask<>(() -> {
                second.execute("insert into house_facility values (1, 2)");
                other.commit();
                return null;
            });
            Thread.ofVirtual().start(waiting);
            Await.until(() ->
                    database.withConnection(handle -> handle.createQuery("select exists (select from pg_stat_activity"
                                    + " where datname = current_database() and wait_event_type = 'Lock')")
                            .mapTo(boolean.class)
                            .one()));
            one.commit();
            waiting.get();
        }
        assertThat(mask(1)).isEqualTo(1 << 1 | 1 << 2);
    }

    private Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(fresh.jdbcUrl(), fresh.user(), fresh.password());
        connection.setAutoCommit(false);
        return connection;
    }
}
