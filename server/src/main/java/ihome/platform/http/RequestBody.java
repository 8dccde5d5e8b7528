package ihome.platform.http;

import ihome.platform.problem.Overloaded;
import ihome.platform.work.MemoryBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A request body that was read whole before any work begins, so that a slow sender holds a connection and nothing else.
 * The first {@value #IN_MEMORY} bytes stay in memory, a larger body goes to a temporary file until it is closed. The file
 * has no name once it is open, so that a process that is killed leaves none behind. Its memory
 * comes out of the {@link MemoryBudget} as the bytes come in: what a client only announces costs nothing.
 */
final class RequestBody implements AutoCloseable {
    static final int IN_MEMORY = 64 * 1024;

    private static final int FIRST = 1024;
    /** Those that are at work give their memory back within seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Bytes written to the file at once. */
    private static final int PIECE = 8 * 1024;

    private final byte[] bytes;
    private final @Nullable FileChannel file;
    private final MemoryBudget.@Nullable Reservation memory;
    private Runnable afterwards = () -> {};

    private RequestBody(byte[] bytes, @Nullable FileChannel file, MemoryBudget.@Nullable Reservation memory) {
        this.bytes = bytes;
        this.file = file;
        this.memory = memory;
    }

    static RequestBody empty() {
        return new RequestBody(new byte[0], null, null);
    }

    /**
     * Reads to the end. Fails with 413 past {@code maxBytes} and with 400 when it takes longer than {@code maxTime}.
     *
     * @param announced how long the client says that it is
     * @param memory nothing is held in it when this fails; else closing the body closes it
     * @throws Overloaded there is no memory for it
     */
    static RequestBody read(
            InputStream in, OptionalLong announced, int maxBytes, Duration maxTime, MemoryBudget.Reservation memory)
            throws IOException {
        boolean whole = false;
        try {
            RequestBody body = new Reading(in, maxBytes, System.nanoTime() + maxTime.toNanos(), memory).read(announced);
            whole = true;
            return body;
        } finally {
            if (!whole) {
                memory.close();
            }
        }
    }

    /** A body on its way. */
    private static final class Reading {
        private final InputStream in;
        private final int maxBytes;
        private final long deadline;
        private final MemoryBudget.Reservation memory;
        private byte[] bytes = new byte[0];
        private int total;

        Reading(InputStream in, int maxBytes, long deadline, MemoryBudget.Reservation memory) {
            this.in = in;
            this.maxBytes = maxBytes;
            this.deadline = deadline;
            this.memory = memory;
        }

        RequestBody read(OptionalLong announced) throws IOException {
            int most = (int) Math.min(announced.orElse(IN_MEMORY), IN_MEMORY);
            while (true) {
                if (total == IN_MEMORY) {
                    return spilled();
                }
                if (total == bytes.length) {
                    int next = in.read();
                    if (next < 0) {
                        return new RequestBody(bytes, null, memory);
                    }
                    growTo(Math.min(Math.max(2 * total, FIRST), total < most ? most : IN_MEMORY));
                    bytes[total] = (byte) next;
                    received(1);
                } else {
                    int n = in.read(bytes, total, bytes.length - total);
                    if (n < 0) {
                        return new RequestBody(Arrays.copyOf(bytes, total), null, memory);
                    }
                    received(n);
                }
            }
        }

        private void growTo(int length) {
            memory.add(length - (long) bytes.length);
            bytes = Arrays.copyOf(bytes, length);
        }

        private void received(int n) {
            total += n;
            if (total > maxBytes) {
                throw ExchangeFailure.tooLarge(maxBytes);
            }
            if (System.nanoTime() > deadline) {
                throw ExchangeFailure.malformed("请求体发送太慢");
            }
        }

        private static FileChannel nameless() throws IOException {
            Path name = Files.createTempFile("ihome-upload-", ".tmp");
            try {
                return FileChannel.open(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
            } finally {
                Files.delete(name);
            }
        }

        /** What is in memory begins the file, if there is more. */
        private RequestBody spilled() throws IOException {
            byte[] piece = new byte[PIECE];
            int n = in.read(piece);
            if (n < 0) {
                return new RequestBody(bytes, null, memory);
            }
            received(n);
            FileChannel file = nameless();
            boolean whole = false;
            try {
                // Not closed: that would close the file.
                OutputStream out = Channels.newOutputStream(file);
                out.write(bytes);
                bytes = new byte[0];
                memory.shrinkTo(PIECE);
                while (n >= 0) {
                    out.write(piece, 0, n);
                    n = in.read(piece);
                    received(Math.max(n, 0));
                }
                whole = true;
            } finally {
                if (!whole) {
                    file.close();
                }
            }
            memory.shrinkTo(0);
            return new RequestBody(new byte[0], file, memory);
        }
    }

    /** Reads a file from its beginning, whatever others read of it; its end does not close the file. */
    private static final class FromBeginning extends InputStream {
        private final FileChannel file;
        private long position;

        FromBeginning(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = file.read(ByteBuffer.wrap(into, offset, length), position);
            position += Math.max(read, 0);
            return read;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(file.size() - position, Integer.MAX_VALUE);
        }
    }

    byte[] bytes() throws IOException {
        return file == null ? bytes : stream().readAllBytes();
    }

    InputStream stream() throws IOException {
        return file == null ? new ByteArrayInputStream(bytes) : new FromBeginning(file);
    }

    long length() throws IOException {
        return file == null ? bytes.length : file.size();
    }

    /**
     * Takes memory for so many bytes of a body on disk out of the budget, until this is closed; waits for it.
     *
     * @throws Overloaded there is none in time
     */
    void reserve(long length) {
        if (memory != null && file != null) {
            memory.await(length, PATIENCE);
        }
    }

    /** The same; that is done once it is closed. */
    RequestBody followedBy(Runnable then) {
        afterwards = then;
        return this;
    }

    @Override
    public void close() throws IOException {
        try {
            if (file != null) {
                file.close();
            }
        } finally {
            if (memory != null) {
                memory.close();
            }
            afterwards.run();
        }
    }
}
