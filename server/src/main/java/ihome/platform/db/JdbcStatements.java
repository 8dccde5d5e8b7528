package ihome.platform.db;

import java.io.Serial;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Statements that go to the driver without JDBI's way, for the few that every booking and every request of somebody
 * logged in runs: JDBI's copies of its settings and its search for how to bind each value take more processor time than
 * all else that the server does for such a statement. In the caller's transaction, and failing as JDBI's statements do.
 *
 * <p>Values stand for the question marks in their order: {@code Long}, {@code Integer}, {@code String}, {@code LocalDate},
 * {@code Instant} (timestamptz), {@link Longs}, {@link Texts}, {@link Dates}, or null.
 *
 * <p>PostgreSQL plans a statement anew at each execution as long as that looks much cheaper than one plan for all values.
 * Of a list as long as a value says ({@code generate_series(0, ?)}) it guesses a thousand rows, and so never stops
 * planning; of {@code unnest(?)} it guesses ten.
 */
public final class JdbcStatements {
    private JdbcStatements() {}

    /** Reads one row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** A list of {@code bigint[]}, which may be empty. */
    public record Longs(List<Long> values) {}

    /** A list of {@code text[]}, which may be empty. */
    public record Texts(List<String> values) {}

    /** A list of {@code date[]}, which may be empty. */
    public record Dates(List<LocalDate> values) {}

    /** Returns how many rows it changed. */
    public static int update(Handle handle, String sql, @Nullable Object... values) {
        try (PreparedStatement statement = prepared(handle, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new Failure(e);
        }
    }

    /** The first row; empty when there is none. */
    public static <T> Optional<T> first(Handle handle, String sql, Reader<T> reader, @Nullable Object... values) {
        try (PreparedStatement statement = prepared(handle, sql, values);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw new Failure(e);
        }
    }

    /** All rows. */
    public static <T> List<T> all(Handle handle, String sql, Reader<T> reader, @Nullable Object... values) {
        List<T> all = new ArrayList<>();
        try (PreparedStatement statement = prepared(handle, sql, values);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                all.add(reader.read(rows));
            }
        } catch (SQLException e) {
            throw new Failure(e);
        }
        return all;
    }

    static PreparedStatement prepared(Handle handle, String sql, @Nullable Object... values) throws SQLException {
        Connection connection = handle.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                set(connection, statement, i + 1, values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void set(Connection connection, PreparedStatement statement, int at, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(at, Types.OTHER);
            case Long number -> statement.setLong(at, number);
            case Integer number -> statement.setInt(at, number);
            case String text -> statement.setString(at, text);
            case LocalDate date -> statement.setObject(at, date);
            case Instant instant -> statement.setObject(at, instant.atOffset(ZoneOffset.UTC));
            case Longs longs -> setArray(statement, at, connection.createArrayOf("bigint", longs.values.toArray()));
            case Texts texts -> setArray(statement, at, connection.createArrayOf("text", texts.values.toArray()));
            case Dates dates -> setArray(statement, at, connection.createArrayOf("date", dates.values.toArray()));
            default -> throw new IllegalArgumentException("cannot bind a " + value.getClass());
        }
    }

    private static void setArray(PreparedStatement statement, int at, Array array) throws SQLException {
        statement.setArray(at, array);
        array.free();
    }

    static final class Failure extends JdbiException {
        @Serial
        private static final long serialVersionUID = 1L;

        Failure(SQLException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }
}
