package ihome.platform.db;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows for PostgreSQL's COPY in its text format, sent as they come: any number of them takes no more memory than a
 * buffer. Used by one thread. After a failure the transaction is good for nothing but a rollback.
 */
public final class CopyRows {
    private static final int BUFFER = 1 << 16;

    private final CopyIn copy;
    private byte[] buffer = new byte[BUFFER + 1024];
    private int length;
    private boolean rowBegun;

    /** @param sql {@code copy … from stdin} */
    public CopyRows(Connection connection, String sql) throws SQLException {
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    }

    /** Written as {@code toString} tells it; null is SQL's. */
    public CopyRows value(@Nullable Object value) {
        if (value == null) {
            separate();
            put('\\');
            put('N');
            return this;
        }
        return bytes(escaped(value.toString()).getBytes(StandardCharsets.UTF_8));
    }

    /** A value that needs no escapes, in bytes: for what is written millions of times. */
    public CopyRows bytes(byte[] value) {
        separate();
        room(value.length);
        System.arraycopy(value, 0, buffer, length, value.length);
        length += value.length;
        return this;
    }

    /** An array of values that hold no quotes, commas or braces. */
    public CopyRows array(Collection<?> values) {
        return value(values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
    }

    public void endRow() throws SQLException {
        room(1);
        put('\n');
        rowBegun = false;
        if (length >= BUFFER) {
            flush();
        }
    }

    /** Ends the statement; returns how many rows the database took. */
    public long finish() throws SQLException {
        flush();
        return copy.endCopy();
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer, 0, length);
        length = 0;
    }

    private void separate() {
        room(3);
        if (rowBegun) {
            put('\t');
        }
        rowBegun = true;
    }

    private void put(char c) {
        buffer[length++] = (byte) c;
    }

    private void room(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * (length + more));
        }
    }

    private static String escaped(String value) {
        StringBuilder text = null;
        for (int i = 0; i < value.length(); i++) {
            String instead = switch (value.charAt(i)) {
                case '\\' -> "\\\\";
                case '\t' -> "\\t";
                case '\n' -> "\\n";
                case '\r' -> "\\r";
                default -> null;
            };
            if (instead != null && text == null) {
                text = new StringBuilder(value.substring(0, i));
            }
            if (text != null) {
                text.append(instead == null ? value.substring(i, i + 1) : instead);
            }
        }
        return text == null ? value : text.toString();
    }
}
