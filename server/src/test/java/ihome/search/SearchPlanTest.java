package ihome.search;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.time.SiteTime;
import ihome.search.query.SearchCriteria;
import ihome.stay.BookingWindow;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With 100,000 houses the first page comes from the index of its order, not from a sort of them all. */
@Tag("slow")
class SearchPlanTest {
    private static Database database;

    @BeforeAll
    static void manyHouses() {
        TestPostgres.Database postgres = TestPostgres.migratedDatabase();
        database = new Database(new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password(), 2));
        database.withConnection(handle -> {
            handle.execute("insert into account (id, mobile, name, created_at) values (1, '13900000000', '房东', now())");
            // Published in another order than they lie on disk: else reading past the other areas' houses is as cheap.
            // In parts: a statement has its time limit on a slow machine too.
            for (int part = 0; part < 10; part++) {
                handle.execute("""
                        insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity,
                                           beds, deposit, min_days, max_days, order_count, created_at)
                        select 1, '院', 100 + n * 7919 % 90000, 1 + n % 16, '街', 1, 1, '间', 1, '床', 0, 1, 0,
                               n * 31 % 400, timestamptz '2026-01-01' + n * 7919 % 99991 * interval '1 minute'
                        from generate_series(? * 10000 + 1, ? * 10000 + 10000) n
                        """, part, part);
            }
            return handle.execute("analyze house");
        });
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "new,,house_new",
        "booking,,house_booking",
        "price-inc,,house_price",
        "price-des,,house_price",
        "new,3,house_area_new",
        "booking,3,house_area_booking",
        "price-inc,3,house_area_price",
        "price-des,3,house_area_price"
    })
    void eachOrderHasItsIndex(String sort, String area, String index) {
        Clock clock = Clock.fixed(Instant.parse("2026-05-01T04:00:00Z"), ZoneOffset.UTC);
        SearchCriteria query = SearchCriteria.parse(
                name -> switch (name) {
                    case "sd" -> Optional.of("2026-06-01");
                    case "ed" -> Optional.of("2026-06-04");
                    case "aid" -> Optional.ofNullable(area);
                    case "sk" -> Optional.of(sort);
                    default -> Optional.empty();
                },
                BookingWindow.at(new SiteTime(clock, ZoneOffset.UTC)));
        String plan = database.withConnection(tx -> String.join(
                "\n",
                SearchStore.bindPage(
                                tx.createQuery("explain " + SearchStore.pageSql(query, StayAmounts.NONE)),
                                query,
                                StayAmounts.NONE)
                        .mapTo(String.class)
                        .list()));
        assertThat(plan).contains("using " + index + " on house").doesNotContain("Seq Scan on house", "Sort");
    }
}
