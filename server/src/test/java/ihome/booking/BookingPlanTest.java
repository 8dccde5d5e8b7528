package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.StatementPipeline;
import ihome.platform.db.embedded.TestPostgres;
import ihome.pricing.Guests;
import ihome.stay.Stay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** PostgreSQL keeps its plans of a booking's statements: planned anew each time they cost far more than they do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BookingPlanTest {
    private static final LocalDate DAY = LocalDate.parse("2026-06-01");
    /** The driver runs a statement four times before it has it prepared, PostgreSQL five times before it keeps a plan. */
    private static final int TIMES = 4 + 5 + 20;

    private final CalendarStore calendar = new CalendarStore(PaymentWay.ONLINE);
    private final NewOrderStore orders = new NewOrderStore();
    private Database database;

    @BeforeAll
    void aHouseWithPricesOfItsOwn() {
        TestPostgres.Database own = TestPostgres.migratedDatabase();
        database = new Database(new DatabaseConfig(own.jdbcUrl(), own.user(), own.password(), 2));
        database.withConnection(handle -> {
            handle.execute("insert into account (id, mobile, name, created_at) values (1, '13900000000', '房东', now())");
            handle.execute("""
                    insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity,
                                       beds, deposit, min_days, max_days, created_at)
                    select 1, '院', 100, 1, '街', 1, 1, '间', 1, '床', 0, 1, 0, now() from generate_series(1, 500)
                    """);
            handle.execute("""
                    insert into night_price (house_id, night, price)
                    select id, date '2026-06-01' + i * 7, 200 from house, generate_series(0, 20) i
                    """);
            return handle.execute("analyze house, night_price");
        });
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void theStatementsOfABookingAreNotPlannedAnewEachTime() {
        Map<String, Integer> kept = database.inTransaction(tx -> {
            bookOften(
                    tx,
                    tx.createQuery("select max(id) from house")
                            .mapTo(long.class)
                            .one());
            return keptPlans(tx);
        });
        assertThat(kept.keySet())
                .anyMatch(statement -> statement.contains("advisory"))
                .anyMatch(statement -> statement.contains("last_expired"))
                .anyMatch(statement -> statement.contains("next_order"))
                .anyMatch(statement -> statement.contains("insert into orders"))
                .anyMatch(statement -> statement.contains("insert into change_log"))
                .anyMatch(statement -> statement.contains("insert into night_claim"));
        areKept(kept);
    }

    /** An order with fees and a discount is written by a statement of its own. */
    @Test
    void norAreThoseOfAHouseWithPriceRules() {
        Map<String, Integer> kept = database.inTransaction(tx -> {
            long house = tx.createQuery("select min(id) from house")
                    .mapTo(long.class)
                    .one();
            tx.execute(
                    "update house set cleaning_fee = 7, weekly_discount = 5, weekend_price = 300 where id = ?", house);
            bookOften(tx, house);
            return keptPlans(tx);
        });
        assertThat(kept.keySet()).anyMatch(statement -> statement.contains("insert into order_charge"));
        areKept(kept);
    }

    private static void areKept(Map<String, Integer> kept) {
        assertThat(kept)
                .allSatisfy((statement, uses) -> assertThat(uses)
                        .as("uses of a kept plan of: %s", statement)
                        .isGreaterThanOrEqualTo(TIMES - 4 - 5));
    }

    private void bookOften(Handle tx, long house) {
        HoldStore holds = new HoldStore();
        NightClaimStore claims = new NightClaimStore(new ChangeLog(database));
        for (int time = 0; time < TIMES; time++) {
            Stay stay = new Stay(DAY.plusDays(8L * time), DAY.plusDays(8L * time + 7));
            StatementPipeline questions = new StatementPipeline();
            var held = holds.lockAndCount(
                    questions, 1, house, new HoldStore.Moments(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH));
            var offered = calendar.offer(questions, house, stay, Guests.ONE_ADULT, DAY);
            questions.send(tx);
            assertThat(held.get().orElseThrow().ofHouse()).isEqualTo(time);
            CalendarStore.Offer offer = offered.get().orElseThrow();
            StatementPipeline statements = new StatementPipeline();
            Order order = orders.insert(
                    statements,
                    offer,
                    1,
                    OrderStatus.WAIT_ACCEPT,
                    Instant.EPOCH.plusSeconds(1),
                    PaymentWay.ONLINE,
                    Instant.EPOCH);
            BooleanSupplier taken = claims.take(tx, statements, house, stay, order.id());
            statements.send(tx);
            assertThat(taken.getAsBoolean()).isTrue();
        }
    }

    private static Map<String, Integer> keptPlans(Handle tx) {
        return tx
                .createQuery("""
                        select statement, generic_plans from pg_prepared_statements
                        where statement ~ 'advisory|last_expired|next_order|insert into (orders|change_log|night_claim)'
                        """)
                .map((row, _) -> Map.entry(row.getString("statement"), row.getInt("generic_plans")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Math::max));
    }
}
