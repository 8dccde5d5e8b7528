package ihome.importing;

import ihome.platform.db.embedded.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated database of its own, and imports into it. */
final class ImportFixture {
    static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");

    final PGSimpleDataSource database = new PGSimpleDataSource();
    final Map<String, byte[]> pictures = new ConcurrentHashMap<>();

    ImportFixture() {
        TestPostgres.Database fresh = TestPostgres.migratedDatabase();
        database.setUrl(fresh.jdbcUrl());
        database.setUser(fresh.user());
        database.setPassword(fresh.password());
    }

    ListingImport listingImport(ImportOptions options) {
        return new ListingImport(database, pictures::put, Clock.fixed(NOW, ZoneOffset.UTC), options);
    }

    ImportSummary run(Path file) throws SQLException, InterruptedException {
        return listingImport(ImportOptions.DEFAULT.withoutPictures()).run(file, Progress.silent());
    }

    /** The first column of each row, as text; null is "null". */
    List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(String.valueOf((Object) result.getString(1)));
            }
        }
        return rows;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static Path file(Path folder, String... lines) throws java.io.IOException {
        return Files.writeString(Files.createTempFile(folder, "listings", ".csv"), String.join("\n", lines) + "\n");
    }
}
