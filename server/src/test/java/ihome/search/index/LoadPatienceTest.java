package ihome.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.time.SiteTime;
import ihome.testing.Await;
import ihome.testing.BusyMachine;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A database that says nothing while the index is loaded, as one of millions does before its first row: locked tables keep
 * it silent. How long that is borne is the load's own bound, on each of its connections; the usual one of 30 s had large
 * sites begin anew for ever.
 */
@Tag("timing")
class LoadPatienceTest {
    private final TestPostgres.Database own = TestPostgres.migratedDatabase();
    private final Database database = new Database(new DatabaseConfig(own.jdbcUrl(), own.user(), own.password(), 4));

    @AfterEach
    void close() {
        database.close();
    }

    private IndexUpdater updater(Duration patience) {
        return new IndexUpdater(
                database, new SiteTime(Clock.systemUTC(), ZoneOffset.UTC), new IndexStore(_ -> new byte[0]), patience);
    }

    /** Runs while nobody can read the table, once somebody waits for it. */
    private void silent(String table, IndexUpdater loading, Runnable meanwhile) {
        try (Handle locking = database.openOutsidePool();
                Handle watching = database.openOutsidePool()) {
            locking.begin();
            locking.execute("lock table " + table + " in access exclusive mode");
            loading.start();
            Await.until(() -> isWaitedFor(watching));
            meanwhile.run();
            locking.rollback();
        }
    }

    private static boolean isWaitedFor(Handle watching) {
        return watching.createQuery("""
                        select exists (select from pg_stat_activity
                                       where datname = current_database() and wait_event_type = 'Lock')
                        """).mapTo(boolean.class).one();
    }

    @ParameterizedTest
    @ValueSource(strings = {"house", "night_claim"})
    void aSilenceThatIsLongerIsNotBorne(String table) {
        try (IndexUpdater loading = updater(Duration.ofSeconds(1))) {
            long begun = System.nanoTime();
            silent(table, loading, () -> Await.until(() -> loading.disagreements() > 0));
            // The load's own patience, not the usual one.
            BusyMachine.assertWithin(Duration.ofSeconds(25), "the end of the load", begun);
            Await.until(() -> loading.current() != null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"house", "night_claim"})
    void aSilenceThatIsShorterIsBorneAndNothingBeginsAnew(String table) {
        try (IndexUpdater loading = updater(Duration.ofMinutes(5))) {
            long begun = System.nanoTime();
            // Longer than that which is too long for the other test.
            silent(table, loading, () -> Await.until(() -> System.nanoTime() - begun > 3_000_000_000L));
            Await.until(() -> loading.current() != null);
            assertThat(loading.builds()).isEqualTo(1);
            assertThat(loading.disagreements()).isZero();
        }
    }

    @Test
    void tablesOfMillionsHaveLongerThanOtherQuestions() {
        assertThat(IndexUpdater.LOADING).isGreaterThan(Duration.ofMinutes(5));
    }
}
