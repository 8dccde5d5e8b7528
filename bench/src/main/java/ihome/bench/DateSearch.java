package ihome.bench;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.EmbeddedPostgres;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jdbi.v3.core.Handle;

/** Date search with an exact total: beside nginx, its latency, and beside PostgreSQL's count for the same questions. */
final class DateSearch implements Measurement {
    private static final String COMMAND = "./ihome bench --only search";
    private static final String COUNT = """
            select count(*) from house h
            where (cast(:area as int) is null or h.area_id = :area)
              and h.min_days <= :stay and (h.max_days = 0 or h.max_days >= :stay)
              and not exists (select from night_claim c
                              where c.house_id = h.id and c.night >= :from and c.night < :until)
            """;

    @Override
    public String name() {
        return "search";
    }

    @Override
    public String title() {
        return "Date search with exact total, every request different";
    }

    @Override
    public List<Figure> run(Context context) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Site site = Site.start(context, Site.seeded(context, context.houses(), 5L * context.houses()));
                NginxPeer nginx = new NginxPeer()) {
            site.awaitIndex();
            byte[] answer = Searches.sampleAnswer(site);
            String peer = nginx.serving(answer);
            Searches.warmUp(context, site);
            Samples ours = new Samples();
            Samples theirs = new Samples();
            Samples p99 = new Samples();
            Samples alone = new Samples();
            for (int round = 0; round < context.rounds(); round++) {
                ours.add(Searches.round(context, site, 64, Map.of()).perSecond());
                theirs.add(Wrk.plain(peer, 64, context.seconds()).perSecond());
                p99.add(Searches.round(context, site, 16, Map.of()).p99Millis());
                alone.add(Searches.round(context, site, 1, Map.of()).medianMillis());
            }
            String size = "%,d houses, %,d stays".formatted(context.houses(), 5L * context.houses());
            figures.add(Figure.atLeast(name(), "date search beside nginx, " + size, 0.25, ours.over(theirs), "×", COMMAND)
                    .noting("%,d bytes; ours %,.0f/s, nginx %,.0f/s"
                            .formatted(answer.length, ours.median(), theirs.median())));
            figures.add(Figure.atMost(name(), "p99 at 16 connections", 5, p99, " ms", COMMAND));
            figures.add(besideCount(context, site, alone));
        }
        return figures;
    }

    private Figure besideCount(Context context, Site site, Samples alone) {
        Samples counts = new Samples();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.attachOrStart(site.data());
                Database database =
                        new Database(new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password(), 1))) {
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < (context.quick() ? 6 : 15); i++) {
                long start = System.nanoTime();
                database.withConnection(handle -> count(handle, random));
                counts.add((System.nanoTime() - start) / 1e6);
            }
        }
        return Figure.atLeast(
                        name(),
                        "PostgreSQL's exact count ÷ the whole search over HTTP, one at a time",
                        1_000,
                        Samples.of(counts.median() / alone.median()),
                        "×",
                        COMMAND)
                .noting("medians: count %.0f ms, search %.3f ms".formatted(counts.median(), alone.median()));
    }

    private static long count(Handle handle, SplittableRandom random) {
        LocalDate from = LocalDate.now().plusDays(1 + random.nextInt(330));
        int nights = 1 + random.nextInt(14);
        int area = random.nextInt(17);
        return handle.createQuery(COUNT)
                .bind("area", area == 0 ? null : (Integer) area)
                .bind("stay", nights)
                .bind("from", from)
                .bind("until", from.plusDays(nights))
                .mapTo(long.class)
                .one();
    }
}
