package ihome.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Connections from other addresses of this machine that ask without a pause, or hold what they have begun. */
public final class Flood implements AutoCloseable {
    private static final String NAME = "flood-";

    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<RawConnection> open = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean stopped;

    private Flood() {}

    /**
     * Connections of one address that send requests one after the other.
     *
     * @param request a whole request by its number
     */
    public static Flood asking(int port, int connections, String address, IntFunction<byte[]> request) {
        Flood flood = new Flood();
        for (int i = 0; i < connections; i++) {
            int first = i;
            flood.threads.add(Thread.ofPlatform()
                    .daemon()
                    .name(NAME + i)
                    .start(() -> flood.ask(port, address, connections, first, request)));
        }
        yieldToOthers();
        return flood;
    }

    /**
     * Floods come from other machines: what sending them costs is not to be taken from the server. The kernel knows threads
     * by their names; where it has no such list of them, they stay as they are.
     */
    private static void yieldToOthers() {
        Path tasks = Path.of("/proc/self/task");
        if (!Files.isDirectory(tasks)) {
            return;
        }
        try (Stream<Path> all = Files.list(tasks)) {
            List<String> command = new ArrayList<>(List.of("renice", "-n", "19", "-p"));
            all.filter(task -> isFlood(task.resolve("comm")))
                    .forEach(task -> command.add(task.getFileName().toString()));
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isFlood(Path comm) {
        try {
            return Files.readString(comm).startsWith(NAME);
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    private void ask(int port, String address, int step, int first, IntFunction<byte[]> request) {
        for (int i = first; !stopped; ) {
            try (RawConnection connection = RawConnection.from(address, port)) {
                open.add(connection);
                while (!stopped) {
                    connection.send(request.apply(i));
                    i += step;
                    RawConnection.Answer answer = connection.answer();
                    answered.incrementAndGet();
                    if (answer.header("Connection").equals("close")) {
                        break;
                    }
                }
            } catch (UncheckedIOException refused) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /**
     * Connections that each send something and read nothing, 400 an address; refused ones are tried again, so that there
     * are as many as there may be.
     */
    public static Flood holding(int port, int connections, byte[] sent) {
        Flood flood = new Flood();
        for (int i = 0; i < 4; i++) {
            int part = i;
            flood.threads.add(Thread.ofPlatform().daemon().name(NAME + i).start(() -> {
                for (int j = part; j < connections && !flood.stopped; j += 4) {
                    try {
                        RawConnection connection = RawConnection.from("127.0.1." + (1 + j / 400), port, 4096);
                        flood.open.add(connection);
                        connection.send(sent);
                    } catch (UncheckedIOException refused) {
                        // As it should be.
                    }
                    flood.answered.incrementAndGet();
                }
            }));
        }
        yieldToOthers();
        return flood;
    }

    /** Requests that were answered, or connections that were tried. */
    public long done() {
        return answered.get();
    }

    @Override
    public void close() {
        stopped = true;
        open.forEach(RawConnection::close);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
