package ihome.bench;

import ihome.bench.SoakFaults.Kind;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./ihome soak}: a site of its own under mixed load for an hour, with faults by schedule. Each minute what the
 * process holds and how fast it answers; at the end whether all that stayed flat, whether anything failed that should not,
 * and whether all that was acknowledged is there.
 */
public final class Soak {
    /** In twelfths of the run: what is broken then. */
    private record Planned(int twelfth, Kind kind) {}

    private static final List<Planned> PLAN = List.of(
            new Planned(2, Kind.SERVER_KILLED),
            new Planned(4, Kind.DATABASE_KILLED),
            new Planned(5, Kind.REDIS_HALTED),
            new Planned(6, Kind.DATABASE_HALTED),
            new Planned(8, Kind.DATABASE_KILLED),
            new Planned(9, Kind.REDIS_HALTED),
            new Planned(10, Kind.DATABASE_HALTED));

    private final SoakOptions options;
    private final Context context;
    private final Path data;
    private final SoakTally tally = new SoakTally();
    private final List<SoakSample> samples = new ArrayList<>();
    private volatile int daysMoved;

    private Soak(Path root, SoakOptions options) {
        this.options = options;
        this.context = new Context(root, options.work(), false, options.houses(), 0);
        this.data = options.work().resolve("data");
    }

    public static void main(String[] arguments) throws Exception {
        Bench.quietLog();
        Path root = Path.of(System.getProperty("ihome.root", ".")).toAbsolutePath().normalize();
        Soak soak = new Soak(root, SoakOptions.read(root, arguments));
        System.exit(soak.run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            throw new IllegalStateException("what a process holds is read from /proc, which only Linux has");
        }
        Folders.delete(data);
        Files.createDirectories(options.work());
        context.say("seeding %,d houses".formatted(options.houses()));
        Site.run(context, "seed", "--no-pictures", "--houses", Integer.toString(options.houses()), "--data", data.toString());
        try (SoakRedis redis = options.redis() ? SoakRedis.start(options.work()) : null) {
            SoakFaults faults = new SoakFaults(() -> start(redis), redis == null ? 0 : redis.process(), options.halt());
            Set<Long> booked;
            try {
                booked = visit(faults);
            } finally {
                faults.site().close();
            }
            return judge(faults, booked);
        }
    }

    private Site start(@Nullable SoakRedis redis) throws IOException {
        // The cache is bounded anyway; a small bound is reached before the steady part.
        List<String> command = new ArrayList<>(List.of("--dev", "--session-days", "365", "--cache-heap", "8"));
        if (redis != null) {
            command.addAll(List.of("--redis-url", redis.url()));
        }
        return Site.start(context, data, command.toArray(String[]::new));
    }

    private Set<Long> visit(SoakFaults faults) throws Exception {
        try (SoakClient client = new SoakClient(() -> faults.site().url(""))) {
            SoakCrowd crowd = new SoakCrowd(client, data);
            crowd.settle();
            faults.site().awaitIndex();
            try (SoakVisitors visitors = new SoakVisitors(
                    client, crowd, tally, faults::mayHaveHit, this::today, options.houses(), options.perSecond())) {
                tally.minute();
                System.out.print(SoakReport.head());
                for (int i = 1; i <= options.samples(); i++) {
                    minute(faults, i);
                }
                return visitors.booked();
            }
        }
    }

    /** One interval: the clock goes a day on, what is planned is broken in its middle, and a sample ends it. */
    private void minute(SoakFaults faults, int number) throws Exception {
        long start = System.nanoTime();
        moveClock(number);
        sleepUntil(start, options.secondsBetweenSamples() / 2);
        for (Planned planned : PLAN) {
            boolean now = Math.max(1, planned.twelfth() * options.samples() / 12) == number;
            if (now && (planned.kind() != Kind.REDIS_HALTED || options.redis())) {
                faults.make(planned.kind(), minutes(number - 0.5));
                context.say(planned.kind().text(options.halt()));
            }
        }
        sleepUntil(start, options.secondsBetweenSamples());
        SoakSample sample = SoakSample.of(faults.site(), minutes(number), tally.minute());
        samples.add(sample);
        System.out.print(SoakReport.row(sample));
        System.out.flush();
    }

    private double minutes(double samples) {
        return samples * options.secondsBetweenSamples() / 60;
    }

    private static void sleepUntil(long start, double seconds) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, start + (long) (seconds * 1e9) - System.nanoTime()));
    }

    /** A day a minute: stays end, deadlines pass, nights go by. */
    private void moveClock(int days) throws IOException {
        Files.writeString(data.resolve("clock"), Duration.ofDays(days).toString());
        daysMoved = days;
    }

    private LocalDate today() {
        return LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(daysMoved);
    }

    private boolean judge(SoakFaults faults, Set<Long> booked) throws IOException {
        int lost = lost(booked);
        String ledger = Site.run(context, "ledger", "check", "--data", data.toString()).strip();
        SoakReport report = new SoakReport(samples, options.samples() / 6);
        boolean good = report.flat() && tally.unexpectedCount() == 0 && lost == 0;
        StringBuilder page = new StringBuilder("# A soak of %d minutes%n%n".formatted(options.minutes()));
        page.append("`./ihome soak --minutes %d --rate %s --halt %d%s`, %,d seeded houses, %s.%n%n"
                .formatted(
                        options.minutes(),
                        Figure.number(options.perSecond()),
                        options.halt().toSeconds(),
                        options.redis() ? " --redis" : "",
                        options.houses(),
                        Machine.describe()));
        page.append(good ? "All stayed flat, and nothing failed that was not broken.\n\n" : "**Not all is well.**\n\n");
        page.append(report.trends()).append('\n');
        page.append(SoakReport.faults(faults.outcomes())).append('\n');
        page.append("%,d orders acknowledged, %d of them lost. Ledger: %s. Failures outside faults: %d; while something was broken: %d.%n%n"
                .formatted(booked.size(), lost, ledger, tally.unexpectedCount(), tally.duringFaults()));
        tally.unexpected().forEach(line -> page.append("- ").append(line).append('\n'));
        page.append("Requests: ").append(tally.done()).append("\n\n").append(report.minutes());
        Files.createDirectories(options.report().toAbsolutePath().getParent());
        Files.writeString(options.report(), page);
        System.out.println();
        System.out.print(page.substring(0, page.indexOf("Requests: ")));
        System.err.println("soak: report in " + options.report());
        return good;
    }

    /** How many of the acknowledged orders the database does not have. */
    private int lost(Set<Long> booked) {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.attachOrStart(data);
                Database database =
                        new Database(new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password(), 1))) {
            Set<Long> kept = database.withConnection(handle ->
                    handle.createQuery("select id from orders").mapTo(Long.class).set());
            return (int) booked.stream().filter(order -> !kept.contains(order)).count();
        }
    }
}
