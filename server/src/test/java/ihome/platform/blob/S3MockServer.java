package ihome.platform.blob;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adobe's S3Mock in a process of its own, one for all tests of a run. It looks at no signature. */
public final class S3MockServer {
    private static final Path JAR = Path.of("target", "s3mock", "s3mock.jar");
    private static final Pattern PORT = Pattern.compile(".* ([0-9]+) \\(http\\).*");
    private static final Pattern KEY = Pattern.compile("<Key>");
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static @Nullable S3MockServer shared;

    private final int port;

    private S3MockServer(int port) {
        this.port = port;
    }

    /** The one that runs; starts it when it is first asked for. Skips the test where the build has not copied it. */
    public static S3MockServer shared() {
        LOCK.lock();
        try {
            S3MockServer running = shared;
            if (running == null) {
                assumeTrue(Files.exists(JAR), "the build copies S3Mock to " + JAR + ", and it is not there");
                running = start();
                shared = running;
            }
            return running;
        } finally {
            LOCK.unlock();
        }
    }

    private static S3MockServer start() {
        try {
            Path folder = Files.createTempDirectory("ihome-test-s3-");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx256m",
                            "-jar",
                            JAR.toString(),
                            "--server.address=127.0.0.1",
                            "--server.port=0",
                            "--http.port=0",
                            "--com.adobe.testing.s3mock.store.initial-buckets=pictures",
                            "--com.adobe.testing.s3mock.store.root=" + folder)
                    .redirectErrorStream(true)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, folder)));
            return new S3MockServer(awaitStart(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int awaitStart(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        StringBuilder said = new StringBuilder();
        int port = 0;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            Matcher words = PORT.matcher(line);
            if (words.matches()) {
                port = Integer.parseInt(words.group(1));
            }
            if (line.contains("Started S3Mock")) {
                Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
                return port;
            }
        }
        throw new AssertionError("S3Mock did not start:\n" + said);
    }

    private static void end(Process process, Path folder) {
        process.destroyForcibly();
        try {
            process.waitFor();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public int port() {
        return port;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** An empty bucket that nobody else uses. */
    public String freshBucket() {
        String bucket = "bucket-" + BUCKETS.incrementAndGet();
        send("PUT", "/" + bucket, "");
        return bucket;
    }

    /** How many objects a bucket has; a thousand at most are counted. */
    public long objects(String bucket) {
        return KEY.matcher(send("GET", "/" + bucket + "?list-type=2", ""))
                .results()
                .count();
    }

    public void put(String bucket, String key, String text) {
        send("PUT", "/" + bucket + "/" + key, text);
    }

    private String send(String method, String path, String body) {
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(uri().resolve(path))
                            .method(method, BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
