package ihome.bench;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bookings over HTTP beside pgbench with the same statements on the same PostgreSQL, both on 16 connections to it. */
final class Bookings implements Measurement {
    private static final int HOUSES = 10_000;
    private static final int CONNECTIONS = 32;
    private static final int POOL = 16;
    /** Bookings of one account are placed one after the other; guests of a site are many. */
    private static final int GUESTS = 4 * CONNECTIONS;
    private static final String COMMAND = "./ihome bench --only bookings";
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    @Override
    public String name() {
        return "bookings";
    }

    @Override
    public String title() {
        return "Placing bookings beside pgbench";
    }

    @Override
    public List<Figure> run(Context context) throws Exception {
        if (!Tool.require("pgbench", "postgresql-contrib")) {
            throw new Skipped("needs pgbench (Debian: apt-get install postgresql-contrib)");
        }
        Path data = context.work().resolve("bookings");
        Folders.delete(data);
        Site.run(context, "seed", "--no-pictures", "--houses", Integer.toString(HOUSES), "--stays", "0", "--data",
                data.toString());
        try (Site site = Site.start(context, data, "--dev");
                EmbeddedPostgres postgres = EmbeddedPostgres.attachOrStart(data);
                Database database =
                        new Database(new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password(), 1))) {
            List<String> cookies = new ArrayList<>();
            for (int i = 0; i < GUESTS; i++) {
                cookies.add(Member.register(site).cookie());
            }
            Path guests = context.work().resolve("booking-guests");
            Files.write(guests, cookies);
            return List.of(compare(context, site, postgres, database, guests));
        } finally {
            Folders.delete(data);
        }
    }

    private Figure compare(Context context, Site site, EmbeddedPostgres postgres, Database database, Path guests)
            throws Exception {
        Path houses = context.work().resolve("bookable-houses");
        List<String> bookable = database.withConnection(
                handle -> handle.createQuery("select id::text from house where min_days = 1 order by id")
                        .mapTo(String.class)
                        .list());
        Files.write(houses, bookable);
        long lastGuest = database.withConnection(handle -> handle.createQuery("select max(id) from account")
                .mapTo(long.class)
                .one());
        Samples ours = new Samples();
        Samples median = new Samples();
        Samples theirs = new Samples();
        claim(database, context.quick() ? 10 : 100);
        load(context, site, guests, houses, database, context.quick() ? 8 : 30); // warm-up
        pgbench(context, postgres, lastGuest);
        for (int round = 0; round < context.rounds(); round++) {
            Wrk load = load(context, site, guests, houses, database, context.seconds());
            ours.add(load.perSecond());
            median.add(load.medianMillis());
            theirs.add(pgbench(context, postgres, lastGuest));
        }
        return Figure.atLeast(name(), "bookings beside pgbench", 0.7, ours.over(theirs), "×", COMMAND)
                .noting("ours %,.0f/s over HTTP (%d connections, median %.1f ms), pgbench %,.0f/s (%d clients, prepared)"
                        .formatted(ours.median(), CONNECTIONS, median.median(), theirs.median(), POOL));
    }

    /** Claims nights of every house that no round books, so that tables and indexes are not empty. */
    private static void claim(Database database, int nights) {
        database.inLongTransaction(handle -> {
            handle.execute("set local statement_timeout = 0");
            return handle.createUpdate("""
                            insert into night_claim (house_id, night, kind)
                            select h.id, current_date + 100 + i, 'BLOCK'
                            from house h cross join generate_series(1, :nights) i
                            """)
                    .bind("nights", nights)
                    .execute();
        });
        database.withConnection(handle -> handle.execute("analyze night_claim"));
    }

    private static Wrk load(
            Context context, Site site, Path guests, Path houses, Database database, double seconds) {
        // A round begins behind the nights that the rounds before have booked, or had under way at their end.
        LocalDate free = database.withConnection(handle -> handle.createQuery("""
                        select greatest(current_date + 2, max(start_date) + 2) from orders
                        where start_date < current_date + 90
                        """)
                .mapTo(LocalDate.class)
                .one());
        Map<String, String> environment = new HashMap<>();
        environment.put("COOKIES", guests.toString());
        environment.put("HOUSES", houses.toString());
        environment.put("FIRST", Long.toString(free.atStartOfDay(ZoneOffset.UTC).toEpochSecond()));
        // What the rounds before have left open is not what a guest holds.
        database.withConnection(handle -> handle.execute("""
                update orders set status = 'CANCELED', ended_by = 'CLOCK', deadline = null where deadline is not null
                """));
        return Wrk.script(
                context.root().resolve("bench/bookings.lua").toString(),
                environment,
                site.url("/"),
                CONNECTIONS,
                seconds);
    }

    private static double pgbench(Context context, EmbeddedPostgres postgres, long lastGuest) {
        URI url = URI.create(postgres.jdbcUrl().substring("jdbc:".length()));
        String output = Tool.output(
                Map.of("PGPASSWORD", postgres.password()),
                Tool.path("pgbench"),
                "-n", "-M", "prepared", "-c", Integer.toString(POOL), "-j", "1", "-T",
                Integer.toString((int) Math.max(3, Math.round(context.seconds()))),
                "-D", "houses=" + HOUSES, "-D",
                "first_guest=" + (lastGuest - GUESTS + 1), "-D", "last_guest=" + lastGuest, "-f",
                context.root().resolve("bench/bookings.pgbench").toString(),
                "-h", url.getHost(), "-p", Integer.toString(url.getPort()), "-U", postgres.user(),
                url.getPath().substring(1));
        Matcher matcher = RATE.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException(output);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
