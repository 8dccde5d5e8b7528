package ihome.platform.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.TestClock;
import ihome.TestServer;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresEphemeralStoreTest extends EphemeralStoreContract {
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
    PostgresEphemeralStore store() {
        return new PostgresEphemeralStore(database, clock);
    }

    @Override
    void advance(Duration by) {
        clock.advance(by);
    }

    @Test
    void whatHasEndedIsSweptAway() {
        store().put("Session_a", "1", Duration.ofSeconds(1));
        advance(Duration.ofSeconds(1));
        assertThat(store().sweep()).isPositive();
    }
}
