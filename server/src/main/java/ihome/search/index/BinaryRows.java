package ihome.search.index;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Rows in PostgreSQL's binary COPY format (PostgreSQL documentation, COPY, file formats). */
final class BinaryRows implements AutoCloseable {
    private static final int SIGNATURE = 11;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Instants are counted from here. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final InputStream in;
    private final int fields;
    private byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;

    /** @param fields of each row */
    BinaryRows(InputStream in, int fields) throws IOException {
        this.in = in;
        this.fields = fields;
        need(SIGNATURE + 2 * Integer.BYTES);
        int extension = (int) INT.get(buffer, SIGNATURE + Integer.BYTES);
        if (buffer[0] != 'P' || extension != 0) {
            throw new IOException("not PostgreSQL's binary COPY format");
        }
        at += SIGNATURE + 2 * Integer.BYTES;
    }

    boolean next() throws IOException {
        need(Short.BYTES);
        short there = (short) SHORT.get(buffer, at);
        at += Short.BYTES;
        if (there != -1 && there != fields) {
            throw new IOException("a row of " + there + " fields, not " + fields);
        }
        return there != -1;
    }

    long longField() throws IOException {
        length(Long.BYTES);
        long value = (long) LONG.get(buffer, at);
        at += Long.BYTES;
        return value;
    }

    int intField() throws IOException {
        length(Integer.BYTES);
        int value = (int) INT.get(buffer, at);
        at += Integer.BYTES;
        return value;
    }

    /** A text that is not null. */
    String text() throws IOException {
        String text = textOrNull();
        if (text == null) {
            throw new IOException("a field is null");
        }
        return text;
    }

    @Nullable
    String textOrNull() throws IOException {
        int length = length();
        if (length < 0) {
            return null;
        }
        String text = new String(buffer, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** A timestamptz, neither infinite nor null. */
    Instant instant() throws IOException {
        return EPOCH.plus(longField(), ChronoUnit.MICROS);
    }

    /** Where the numbers of a field go. */
    interface Numbers {
        void accept(int number);
    }

    /** A text that is not null, of characters below U+0800: one or two bytes each. */
    void eachCharacter(Numbers use) throws IOException {
        int length = length();
        if (length < 0) {
            throw new IOException("a field is null");
        }
        int textEnd = at + length;
        while (at < textEnd) {
            int first = buffer[at++];
            if (first >= 0) {
                use.accept(first);
            } else if ((first & 0xE0) == 0xC0 && at < textEnd) {
                use.accept(((first & 0x1F) << 6) | (buffer[at++] & 0x3F));
            } else {
                throw new IOException("a character of more than two bytes");
            }
        }
    }

    /** Reads a field's length and sees to it that the buffer has the field; -1: null. */
    private int length() throws IOException {
        need(Integer.BYTES);
        int length = (int) INT.get(buffer, at);
        at += Integer.BYTES;
        need(Math.max(0, length));
        return length;
    }

    private void length(int expected) throws IOException {
        int length = length();
        if (length != expected) {
            throw new IOException("a field of " + length + " bytes, not " + expected);
        }
    }

    private void need(int bytes) throws IOException {
        if (end - at >= bytes) {
            return;
        }
        byte[] into = bytes <= buffer.length ? buffer : new byte[Math.max(bytes, 2 * buffer.length)];
        System.arraycopy(buffer, at, into, 0, end - at);
        buffer = into;
        end -= at;
        at = 0;
        while (end < bytes) {
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                throw new EOFException("the copy ended within a row");
            }
            end += read;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
