package ihome.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A running server of its own process, as {@code ./ihome run} starts it, on a data folder of the bench. */
final class Site implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /** Slides and cards of larger sites are not looked at; drawing pictures for them would be time lost. */
    private static final int SHOWN_WITH_PICTURES = 10_000;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final Path data;
    private final String url;
    private final double readySeconds;
    private final long startedAt;

    private Site(Process process, Path data, String url, long startedAt) {
        this.process = process;
        this.data = data;
        this.url = url;
        this.startedAt = startedAt;
        this.readySeconds = secondsSince(startedAt);
    }

    /** The data folder of a site of some size, seeded unless an earlier run of today has done so. */
    static Path seeded(Context context, int houses, long stays) throws IOException {
        Path data = context.work().resolve("site-" + houses + "-" + stays);
        Path done = marker(data);
        String today = LocalDate.now().toString();
        if (Files.exists(done) && Files.readString(done).startsWith(today)) {
            return data;
        }
        Files.deleteIfExists(done);
        Folders.delete(data);
        Files.createDirectories(context.work());
        context.say("seeding %,d houses with %,d stays".formatted(houses, stays));
        long start = System.nanoTime();
        List<String> seed = new ArrayList<>(List.of(
                "seed", "--houses", Integer.toString(houses), "--stays", Long.toString(stays), "--data",
                data.toString()));
        if (houses > SHOWN_WITH_PICTURES) {
            seed.add("--no-pictures");
        }
        run(context, seed.toArray(String[]::new));
        Files.writeString(done, today + " " + secondsSince(start));
        return data;
    }

    /** Says when a data folder was seeded, and how many seconds that took. */
    static Path marker(Path data) {
        return data.resolveSibling(data.getFileName() + ".seeded");
    }

    static double secondsToSeed(Path data) throws IOException {
        return Double.parseDouble(Files.readString(marker(data)).split(" ", -1)[1]);
    }

    /** Runs a command of {@code ./ihome} to its end; returns what it printed on standard output. */
    static String run(Context context, String... arguments) throws IOException {
        Process process = launch(context, List.of(arguments));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("./ihome " + String.join(" ", arguments) + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return output;
    }

    private static Process launch(Context context, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(context.root().resolve("ihome").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(
                context.work().resolve("server.log").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("IHOME_") && !name.equals("IHOME_WEB"));
        // The load comes from one address and stands for many people: it has the share of all of them.
        builder.environment().put("IHOME_HTTP_CONCURRENT_PER_ADDRESS", "128");
        builder.environment().put("IHOME_HTTP_CONNECTIONS_PER_ADDRESS", "10000");
        // And its few guests place the orders of many.
        builder.environment().put("IHOME_LIMIT_ORDERS_OPEN_PER_ACCOUNT", "1000000");
        builder.environment().put("IHOME_LIMIT_ORDERS_OPEN_PER_ACCOUNT_AND_HOUSE", "1000000");
        builder.environment().put("IHOME_LIMIT_NIGHTS_HELD_PER_ACCOUNT", "1000000");
        builder.environment().put("IHOME_LIMIT_ORDERS_EXPIRED_PER_ACCOUNT_WEEK", "1000000");
        builder.environment().put("IHOME_LIMIT_ORDERS_PER_ACCOUNT_DAY", "1000000");
        return builder.start();
    }

    /** Starts it and waits until it says that it is ready. */
    static Site start(Context context, Path data, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--port", "0", "--data", data.toString()));
        arguments.addAll(List.of(options));
        Files.createDirectories(context.work());
        long start = System.nanoTime();
        Process process = launch(context, arguments);
        BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null || !line.startsWith("ready ")) {
            process.destroy();
            throw new IllegalStateException(
                    "the server did not start, see " + context.work().resolve("server.log"));
        }
        return new Site(process, data, line.substring("ready ".length()).replace("localhost", "127.0.0.1"), start);
    }

    String url(String path) {
        return url + path;
    }

    Path data() {
        return data;
    }

    /** From the start of the launcher to the ready line. */
    double readySeconds() {
        return readySeconds;
    }

    double secondsSinceStart() {
        return secondsSince(startedAt);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    byte[] get(String path) {
        try {
            HttpResponse<byte[]> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(url(path))).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A metric's value; NaN when there is none of that name. */
    double metric(String name) {
        return new String(get("/metrics"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Waits until searches are answered from memory; returns seconds from the start of the process. */
    double awaitIndex() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (metric("ihome_search_index_ready") != 1) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the index is not there after " + PATIENCE);
            }
            LockSupport.parkNanos(20_000_000);
        }
        return secondsSinceStart();
    }

    /** Resident memory of the Java process in MB, from /proc. */
    double residentMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new Measurement.Skipped("resident memory is read from /proc, which only Linux has");
        }
    }

    long processId() {
        return process.pid();
    }

    /** The process that the embedded PostgreSQL is; empty while there is none. */
    Optional<ProcessHandle> postmaster() {
        try (Stream<Path> files = Files.walk(data.resolve("postgres"), 3)) {
            Optional<Path> file = files.filter(path -> path.endsWith("postmaster.pid")).findFirst();
            if (file.isEmpty()) {
                return Optional.empty();
            }
            String first = Files.readString(file.get(), StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
            return first.isBlank() ? Optional.empty() : ProcessHandle.of(Long.parseLong(first.strip()));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // It comes or goes at this moment.
        }
    }

    /** Whether the site says that it is ready. */
    boolean isReady() {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(URI.create(url("/health/ready")))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGKILL: nothing is stopped or cleaned up. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
