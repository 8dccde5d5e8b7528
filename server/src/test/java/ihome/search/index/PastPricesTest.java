package ihome.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Own prices of nights that have passed since the index was built are no reason to build it anew. */
class PastPricesTest {
    private static final Nights NIGHTS = Nights.from(LocalDate.parse("2026-06-01"));
    /** More than one look: a difference counts when it is there twice. */
    private static final int LOOKS = 3;

    @Test
    void aHouseIsNotFoundToDifferByThem() {
        TestPostgres.Database own = TestPostgres.migratedDatabase();
        try (Database database = new Database(new DatabaseConfig(own.jdbcUrl(), own.user(), own.password(), 3))) {
            database.withConnection(handle -> {
                handle.execute(
                        "insert into account (id, mobile, name, created_at) values (1, '13900000000', '房东', now())");
                handle.execute("""
                        insert into house (id, owner_id, title, price, area_id, address, room_count, acreage, unit, capacity,
                                           beds, deposit, min_days, max_days, created_at)
                        overriding system value
                        values (1, 1, '院', 100, 1, '街', 1, 1, '间', 1, '床', 0, 1, 0, now())
                        """);
                return handle.execute(
                        "insert into night_price select 1, ? + n, 700 from generate_series(0, 9) n", NIGHTS.first());
            });
            IndexStore store = new IndexStore(_ -> "{}".getBytes(StandardCharsets.UTF_8));
            Supplier<Handle> another = database::openOutsidePool;
            try (Handle handle = database.openOutsidePool()) {
                Loader.Loaded loaded = new Loader(store, NIGHTS).load(handle, another);
                assertThat(agrees(store, handle, loaded, loaded.snapshot())).isTrue();
                // Of ten nights eight are past, then all.
                assertThat(agrees(store, handle, loaded, loaded.snapshot().rolled(1)))
                        .isTrue();
                assertThat(agrees(store, handle, loaded, loaded.snapshot().rolled(2)))
                        .isTrue();
                handle.execute(
                        "update night_price set price = 701 where night >= ?",
                        NIGHTS.first().plusDays(9));
                assertThat(agrees(store, handle, loaded, loaded.snapshot().rolled(1)))
                        .as("a price of a night to come")
                        .isFalse();
            }
        }
    }

    private static boolean agrees(IndexStore store, Handle handle, Loader.Loaded loaded, Snapshot snapshot) {
        SelfCheck check = new SelfCheck(store);
        boolean agrees = true;
        for (int i = 0; i < LOOKS; i++) {
            agrees &= check.agrees(handle, snapshot, loaded.table());
        }
        return agrees;
    }
}
