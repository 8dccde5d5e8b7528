package ihome.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.changeevents.ChangeKeys;
import ihome.changeevents.NightsTaken;
import ihome.platform.change.ChangeKey;
import ihome.platform.change.ChangeListener;
import ihome.platform.change.ChangeLog;
import ihome.platform.change.ChangePayload;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.JdbcStatements;
import ihome.platform.db.StatementPipeline;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.time.SiteTime;
import ihome.testing.Await;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Claims go into the index as their commit says, without reading, and the index hears of commits in any order, some of
 * them late: here the test decides when. {@code -Dihome.index.seed=…} for a certain order.
 */
class LateClaimsTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-06-01");
    private static final int HOUSES = 3;
    private static final int STEPS = 400;

    private final Database database = database();
    private final ChangeLog log = new ChangeLog(database);
    private final IndexUpdater updater = new IndexUpdater(
            database,
            new SiteTime(Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC), ZoneOffset.UTC),
            new IndexStore(_ -> new byte[0]));
    /** What the index has not heard of yet, in the order of the commits. */
    private final List<Runnable> untold = new ArrayList<>();

    private static Database database() {
        TestPostgres.Database own = TestPostgres.migratedDatabase();
        return new Database(new DatabaseConfig(own.jdbcUrl(), own.user(), own.password(), 2));
    }

    @BeforeEach
    void build() {
        database.withConnection(handle -> {
            handle.execute("insert into account (id, mobile, name, created_at) values (1, '13900000000', '房东', now())");
            return handle.execute("""
                    insert into house (id, owner_id, title, price, area_id, address, room_count, acreage, unit, capacity,
                                       beds, deposit, min_days, max_days, created_at)
                    overriding system value
                    select n, 1, '院', 100, 1, '街', 1, 1, '间', 1, '床', 0, 1, 0, now() from generate_series(1, ?) n
                    """, HOUSES);
        });
        log.listen(new ChangeListener() {
            @Override
            public void changed(Set<ChangeKey> changeKeys) {
                untold.add(() -> updater.changed(changeKeys));
            }

            @Override
            public void committed(Set<ChangeKey> changeKeys, ChangePayload detail, long row) {
                untold.add(() -> updater.claimed(new Claim((NightsTaken) detail, row)));
            }

            @Override
            public void invalidateAll() {}
        });
        updater.start();
        Await.until(() -> updater.current() != null);
    }

    @AfterEach
    void close() {
        updater.close();
        database.close();
    }

    @Test
    void aClaimIsPutInAsItsCommitSays() {
        take(1, 5);
        database.withConnection(handle -> handle.execute("delete from night_claim"));
        tell(0);
        assertThat(inIndex(1)).as("nobody has read").containsExactly(5);
    }

    /** Fails when a claim is put in whatever was read since. */
    @Test
    void aClaimThatIsToldAfterItsNightWasFreedAgainDoesNotCount() {
        take(1, 5);
        free(1, 5);
        tell(1);
        tell(0);
        assertThat(inIndex(1)).isEmpty();
        take(1, 5);
        tell(0);
        assertThat(inIndex(1)).containsExactly(5);
    }

    @Test
    void inWhateverOrderChangesAreToldTheLastOfThemLeavesTheTruth() {
        long seed = Long.getLong("ihome.index.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Set<Integer>> taken = new ArrayList<>();
        for (int house = 0; house <= HOUSES; house++) {
            taken.add(new HashSet<>());
        }
        for (int step = 0; step < STEPS; step++) {
            int house = 1 + random.nextInt(HOUSES);
            int night = random.nextInt(4);
            if (taken.get(house).add(night)) {
                take(house, night);
            } else if (random.nextBoolean()) {
                taken.get(house).remove(night);
                free(house, night);
            }
            while (!untold.isEmpty() && (random.nextInt(3) == 0 || untold.size() > 6)) {
                tell(random.nextInt(untold.size()));
            }
            if (random.nextInt(20) == 0 || step == STEPS - 1) {
                while (!untold.isEmpty()) {
                    tell(random.nextInt(untold.size()));
                }
                for (int each = 1; each <= HOUSES; each++) {
                    assertThat(inIndex(each)).as("seed %d, step %d", seed, step).isEqualTo(taken.get(each));
                }
            }
        }
    }

    private void take(long house, int night) {
        LocalDate date = TODAY.plusDays(night);
        database.inTransaction(tx -> {
            StatementPipeline statements = new StatementPipeline();
            log.append(tx, statements, new NightsTaken(house, date, date.plusDays(1)), ChangeKeys.nights(house));
            var _ = statements.update(
                    "insert into night_claim (house_id, night, kind) values (?, ?, 'BLOCK')", house, date);
            statements.send(tx);
            return null;
        });
    }

    private void free(long house, int night) {
        database.inTransaction(tx -> {
            log.append(tx, ChangeKeys.nights(house));
            return JdbcStatements.update(
                    tx, "delete from night_claim where house_id = ? and night = ?", house, TODAY.plusDays(night));
        });
    }

    private void tell(int which) {
        untold.remove(which).run();
    }

    private Set<Integer> inIndex(long id) {
        Await.until(() -> updater.current() != null);
        Snapshot snapshot = Objects.requireNonNull(updater.current());
        Set<Integer> nights = new HashSet<>();
        for (Chunk chunk : snapshot.list(Order.PRICE, 1)) {
            for (int place = 0; place < chunk.size(); place++) {
                if (chunk.house(place).id() == id) {
                    long[] bits = chunk.nights(place);
                    for (int night = 0; night < 20; night++) {
                        if (Bits.get(bits, 0, snapshot.nights().index(TODAY) + night)) {
                            nights.add(night);
                        }
                    }
                }
            }
        }
        return nights;
    }
}
