package ihome.platform.redis;

import ihome.testing.Await;
import ihome.testing.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server process on loopback, that a test may stop, halt and start again; nothing it holds is kept. */
public final class TestRedis implements AutoCloseable {
    private static final int DATABASES = 2_000;
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final AtomicInteger DATABASE = new AtomicInteger();
    private static @Nullable File program;
    private static @Nullable TestRedis shared;

    private final int port;
    private final Path folder;
    private final List<String> more;
    private Process process;

    private TestRedis(int port, List<String> more) {
        this.port = port;
        this.more = more;
        try {
            this.folder = Files.createTempDirectory("ihome-test-redis-");
            this.process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server of the test's own. */
    public static TestRedis start() {
        return start(List.of());
    }

    /** With further arguments of its command line. */
    public static TestRedis start(List<String> more) {
        TestRedis redis = new TestRedis(FreePorts.next(), more);
        redis.awaitAnswer();
        return redis;
    }

    /** Watches a master, and with one more of its kind agrees that it is gone after a second. */
    public static TestRedis startSentinel(TestRedis master, String name) throws IOException {
        Path config = Files.writeString(
                Files.createTempFile("ihome-test-sentinel-", ".conf"), """
                sentinel monitor %1$s 127.0.0.1 %2$d 2
                sentinel down-after-milliseconds %1$s 1000
                sentinel failover-timeout %1$s 3000
                """.formatted(name, master.port()));
        config.toFile().deleteOnExit();
        return start(List.of("sentinel", config.toString()));
    }

    /** The URL of an empty database of the server that all tests of a run share. */
    public static String freshDatabase() {
        LOCK.lock();
        try {
            TestRedis server = shared;
            if (server == null) {
                server = start();
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                shared = server;
            }
            return server.url() + "/" + DATABASE.incrementAndGet() % DATABASES;
        } finally {
            LOCK.unlock();
        }
    }

    /** Lets time pass for every key of the database behind a URL: what would have ended by then has ended. */
    public static void advance(String url, Duration by) {
        RedisKeys.of(url).advance(by);
    }

    /** Three masters that share the slots; the URL is for {@link RedisConfig#parse}. */
    public record Cluster(List<TestRedis> masters) implements AutoCloseable {
        private static @Nullable Cluster shared;

        /** The one that all tests of a run share, who must not mind each other's keys. */
        public static Cluster shared() {
            LOCK.lock();
            try {
                Cluster running = shared;
                if (running == null) {
                    running = start();
                    Runtime.getRuntime().addShutdownHook(new Thread(running::close));
                    shared = running;
                }
                return running;
            } finally {
                LOCK.unlock();
            }
        }

        public static Cluster start() {
            List<TestRedis> masters = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                masters.add(new TestRedis(
                        FreePorts.next(), List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "3000")));
            }
            masters.forEach(TestRedis::awaitAnswer);
            try (Jedis first = new Jedis("127.0.0.1", masters.getFirst().port)) {
                for (int i = 0; i < 3; i++) {
                    try (Jedis each = new Jedis("127.0.0.1", masters.get(i).port)) {
                        int from = 16_384 * i / 3;
                        int until = 16_384 * (i + 1) / 3;
                        each.clusterAddSlots(
                                java.util.stream.IntStream.range(from, until).toArray());
                        first.clusterMeet("127.0.0.1", masters.get(i).port);
                    }
                }
            }
            for (TestRedis master : masters) {
                master.await(client -> client.clusterInfo().contains("cluster_state:ok")
                        && client.clusterInfo().contains("cluster_known_nodes:3"));
            }
            return new Cluster(masters);
        }

        public String url() {
            return "redis-cluster://" + hosts();
        }

        /** Some of the masters, as they stand in a URL. */
        public String hosts() {
            return "127.0.0.1:" + masters.get(0).port + ",127.0.0.1:" + masters.get(1).port;
        }

        @Override
        public void close() {
            masters.forEach(TestRedis::close);
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** A plain connection to look with. */
    public Jedis client() {
        return new Jedis("127.0.0.1", port);
    }

    /** Ends the process; what it held is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again on the same port, empty. */
    public void startAgain() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitAnswer();
    }

    /** The process stands still, with its connections open, until {@link #goOn}. */
    public void halt() {
        signal("STOP");
    }

    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process launch() throws IOException {
        if (more.contains("sentinel")) {
            return started(
                    List.of(program().toString(), more.getLast(), "--sentinel", "--port", Integer.toString(port)));
        }
        List<String> command = new ArrayList<>(List.of(
                program().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                "no",
                "--databases",
                Integer.toString(DATABASES)));
        command.addAll(more);
        return started(command);
    }

    private Process started(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static File program() throws IOException {
        LOCK.lock();
        try {
            File found = program;
            if (found == null) {
                found = ExecutableProvider.newJarResourceProvider().get();
                program = found;
            }
            return found;
        } finally {
            LOCK.unlock();
        }
    }

    private void awaitAnswer() {
        await(client -> "PONG".equals(client.ping()));
    }

    private void await(java.util.function.Predicate<Jedis> condition) {
        Await.until("Redis on port " + port + " is ready", () -> {
            try (Jedis client = client()) {
                return condition.test(client);
            } catch (JedisException e) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("redis-server ended; its log is in " + folder, e);
                }
                return false;
            }
        });
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
