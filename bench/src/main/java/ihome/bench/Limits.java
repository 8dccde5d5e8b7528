package ihome.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What this machine allows, so that other figures can be read as a part of it: how many answers a second fit through its
 * sockets when there is nothing to answer, and how soon the bits that a search looks at come from memory.
 */
final class Limits implements Measurement {
    private static final String COMMAND = "./ihome bench --only limits";
    private static final int CONNECTIONS = 64;
    private static final int LONGS = 32 * 1024 * 1024;
    /** {@code bench/search.lua} asks for 1 to 14 nights, each as often. */
    private static final double MEAN_NIGHTS = 7.5;

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public String title() {
        return "What the machine allows";
    }

    @Override
    public List<Figure> run(Context context) throws Exception {
        Samples rate = new Samples();
        Samples areas = new Samples();
        try (Site site = Site.start(context, Site.seeded(context, 10_000, 50_000));
                NginxPeer nginx = new NginxPeer()) {
            String url = site.url("/api/v1.0/areas");
            Wrk.plain(url, CONNECTIONS, 2 * context.seconds()); // warm-up
            for (int round = 0; round < context.rounds(); round++) {
                rate.add(Wrk.plain(nginx.nothing(), CONNECTIONS, context.seconds()).perSecond());
                areas.add(Wrk.plain(url, CONNECTIONS, context.seconds()).perSecond());
            }
        }
        Samples bandwidth = bandwidth(context);
        Samples search = new Samples();
        try (Site site = Site.start(context, Site.seeded(context, context.houses(), 5L * context.houses()))) {
            site.awaitIndex();
            Searches.warmUp(context, site);
            for (int round = 0; round < context.rounds(); round++) {
                search.add(Searches.round(context, site, 1, Map.of("AREA", "all")).medianMillis());
            }
        }
        double megabytes = MEAN_NIGHTS * context.houses() / 8 / 1e6;
        return List.of(
                Figure.told(name(), "nginx answering nothing (204), the socket's limit", rate, "/s", COMMAND),
                Figure.told(name(), "areas ÷ that limit", areas.over(rate), "×", COMMAND)
                        .noting("ours %,.0f/s".formatted(areas.median())),
                Figure.told(name(), "memory read by one core", bandwidth, " GB/s", COMMAND),
                Figure.told(name(), "median search of all areas over HTTP, one connection", search, " ms", COMMAND)
                        .noting("the bits of %.1f nights of %,d houses, %.2f MB, are read in %.3f ms at that speed"
                                .formatted(MEAN_NIGHTS, context.houses(), megabytes, megabytes / bandwidth.median())));
    }

    /** Gigabytes a second: sums an array larger than any cache. */
    private static Samples bandwidth(Context context) {
        long[] array = new long[LONGS];
        Arrays.setAll(array, i -> i);
        Samples samples = new Samples();
        long expected = (long) LONGS * (LONGS - 1) / 2;
        for (int round = -2; round < context.rounds(); round++) {
            long start = System.nanoTime();
            long sum = sum(array);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (sum != expected) {
                throw new IllegalStateException("the sum is wrong");
            }
            if (round >= 0) { // those before are the compiler's
                samples.add(LONGS * 8.0 / 1e9 / seconds);
            }
        }
        return samples;
    }

    private static long sum(long[] array) {
        long sum = 0;
        for (long one : array) {
            sum += one;
        }
        return sum;
    }
}
