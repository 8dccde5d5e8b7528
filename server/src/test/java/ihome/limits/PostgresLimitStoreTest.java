package ihome.limits;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresLimitStoreTest extends LimitStoreContract {
    private static Database database;

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
    LimitStore store() {
        return new PostgresLimitStore(database);
    }

    @Override
    void pass(Duration time) {}
}
