package ihome.platform.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.session.Sessions;
import ihome.testing.TestClock;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresExpiringKeyValueStoreTest extends ExpiringKeyValueStoreContract {
    private static Database database;

    private final TestClock clock = new TestClock(TestServer.START);

    @BeforeAll
    static void open() {
        TestPostgres.Database own = TestPostgres.migratedDatabase();
        database = new Database(new DatabaseConfig(own.jdbcUrl(), own.user(), own.password(), 8));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    PostgresExpiringKeyValueStore store() {
        return new PostgresExpiringKeyValueStore(database, clock);
    }

    @Override
    void advance(Duration by) {
        clock.advance(by);
    }

    /** Protection: the lock in {@code put}; without it those that begin at the same moment do not see each other. */
    @Test
    void sessionsThatBeginAtTheSameMomentAreNoMoreThanFifty() {
        Sessions sessions = new Sessions(store(), Duration.ofDays(14), 50, clock);
        for (long account = 1; account <= 5; account++) {
            long one = account;
            List<String> tokens = new ArrayList<>();
            // Those that wait for the lock have a connection each: not more at once than the pool lets wait.
            for (int part = 0; part < 3; part++) {
                tokens.addAll(atOnce(22, _ -> sessions.begin(one, "curl")));
            }
            assertThat(tokens.stream()
                            .filter(token -> sessions.account(token).isPresent())
                            .count())
                    .as("account %d", account)
                    .isEqualTo(50);
            assertThat(sessions.of(account, Optional.empty())).hasSize(50);
        }
    }

    @Test
    void whatHasEndedIsSweptAway() {
        store().put("Session_a", "1", Duration.ofSeconds(1));
        advance(Duration.ofSeconds(1));
        assertThat(store().sweep()).isPositive();
    }
}
