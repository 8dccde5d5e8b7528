package ihome.platform.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Statements that go to the database in one message and are answered in one: several parts of the server each add theirs,
 * then all are sent. Each way to the database and back costs both sides a change of processes, which is more than many a
 * statement. Each statement sees what those before it have written; when one fails, those after it are not run. Values
 * are given as to {@link JdbcStatements}. For one thread, and for one time.
 */
public final class StatementPipeline {
    private final List<Part<?>> parts = new ArrayList<>();
    private final List<Runnable> afterwards = new ArrayList<>();

    /** What a statement answers with. */
    @FunctionalInterface
    private interface Answer<T> {
        /** @param rows null: it has none, only a count */
        T read(@Nullable ResultSet rows, int count) throws SQLException;
    }

    private static final class Part<T> implements Supplier<T> {
        private final String sql;
        private final @Nullable Object[] values;
        private final Answer<T> answer;
        private @Nullable T result;

        Part(String sql, @Nullable Object[] values, Answer<T> answer) {
            this.sql = sql;
            this.values = values;
            this.answer = answer;
        }

        void read(@Nullable ResultSet rows, int count) throws SQLException {
            result = answer.read(rows, count);
        }

        @Override
        public T get() {
            T known = result;
            if (known == null) {
                throw new IllegalStateException("not sent yet");
            }
            return known;
        }
    }

    /** Adds a statement; how many rows it has changed is known once all are sent. */
    public Supplier<Integer> update(String sql, @Nullable Object... values) {
        return add(new Part<>(sql, values, (_, count) -> count));
    }

    /** Adds a statement; its first row is known once all are sent. */
    public <T> Supplier<Optional<T>> first(String sql, JdbcStatements.Reader<T> reader, @Nullable Object... values) {
        return add(new Part<>(
                sql,
                values,
                (rows, _) -> rows != null && rows.next() ? Optional.of(reader.read(rows)) : Optional.empty()));
    }

    /** Something to do in the same transaction as soon as all are sent. */
    public void then(Runnable next) {
        afterwards.add(next);
    }

    /** Sends all; fails as the first of them that fails. */
    public void send(Handle handle) {
        String sql = parts.stream().map(part -> part.sql).collect(Collectors.joining(";\n"));
        Object[] values =
                parts.stream().flatMap(part -> Arrays.stream(part.values)).toArray();
        try (PreparedStatement statement = JdbcStatements.prepared(handle, sql, values)) {
            boolean hasRows = statement.execute();
            for (Part<?> part : parts) {
                if (hasRows) {
                    try (ResultSet rows = statement.getResultSet()) {
                        part.read(rows, 0);
                    }
                } else {
                    part.read(null, statement.getUpdateCount());
                }
                hasRows = statement.getMoreResults();
            }
        } catch (SQLException e) {
            throw new JdbcStatements.Failure(e);
        }
        afterwards.forEach(Runnable::run);
    }

    private <T> Supplier<T> add(Part<T> part) {
        parts.add(part);
        return part;
    }
}
