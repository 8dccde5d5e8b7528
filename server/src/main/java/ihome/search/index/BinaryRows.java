package ihome.search.index;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Rows of two fields in PostgreSQL's binary COPY format (PostgreSQL documentation, COPY, file formats). */
final class BinaryRows implements AutoCloseable {
    private static final int SIGNATURE = 11;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;

    BinaryRows(InputStream in) throws IOException {
        this.in = in;
        need(SIGNATURE + 2 * Integer.BYTES);
        int extension = (int) INT.get(buffer, SIGNATURE + Integer.BYTES);
        if (buffer[0] != 'P' || extension != 0) {
            throw new IOException("not PostgreSQL's binary COPY format");
        }
        at += SIGNATURE + 2 * Integer.BYTES;
    }

    boolean next() throws IOException {
        need(Short.BYTES);
        short fields = (short) SHORT.get(buffer, at);
        at += Short.BYTES;
        if (fields != -1 && fields != 2) {
            throw new IOException("a row of " + fields + " fields");
        }
        return fields == 2;
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

    private void length(int expected) throws IOException {
        need(Integer.BYTES + expected);
        int length = (int) INT.get(buffer, at);
        if (length != expected) {
            throw new IOException("a field of " + length + " bytes, not " + expected);
        }
        at += Integer.BYTES;
    }

    private void need(int bytes) throws IOException {
        if (end - at >= bytes) {
            return;
        }
        System.arraycopy(buffer, at, buffer, 0, end - at);
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
