package ihome.platform.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    Path data;

    @Test
    void keepsWhatWasWrittenAcrossStarts() throws SQLException {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(data)) {
            run(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (EmbeddedPostgres second = EmbeddedPostgres.start(data)) {
            assertThat(ask(second, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void testDatabasesAreSeparate() throws SQLException {
        TestPostgres.Database one = TestPostgres.freshDatabase();
        TestPostgres.Database two = TestPostgres.migratedDatabase();
        assertThat(one.jdbcUrl()).isNotEqualTo(two.jdbcUrl());
        try (Connection connection = DriverManager.getConnection(two.jdbcUrl(), two.user(), two.password());
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM flyway_schema_history");
        }
    }

    static void run(EmbeddedPostgres database, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String ask(EmbeddedPostgres database, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
