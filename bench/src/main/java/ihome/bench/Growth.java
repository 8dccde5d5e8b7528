package ihome.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The median latency of a date search while the site grows. */
final class Growth implements Measurement {
    private static final String COMMAND = "./ihome bench --only growth";

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String title() {
        return "Growth of a date search's median latency";
    }

    @Override
    public List<Figure> run(Context context) throws Exception {
        List<Figure> figures = new ArrayList<>();
        List<Integer> sizes = context.quick()
                ? List.of(10_000, context.houses())
                : List.of(10_000, 100_000, 1_000_000, context.growth()).stream()
                        .distinct()
                        .sorted()
                        .filter(size -> size <= context.growth())
                        .toList();
        List<Samples> latencies = new ArrayList<>();
        for (int size : sizes) {
            try (Site site = Site.start(context, Site.seeded(context, size, 5L * size))) {
                double seconds = site.awaitIndex();
                Searches.warmUp(context, site);
                Samples latency = new Samples();
                for (int round = 0; round < context.rounds(); round++) {
                    latency.add(Searches.round(context, site, 1, Map.of()).medianMillis());
                }
                latencies.add(latency);
                figures.add(Figure.told(name(), "median latency, %,d houses".formatted(size), latency, " ms", COMMAND)
                        .noting("%,d stays; index after %.1f s; %.0f MB resident"
                                .formatted(5L * size, seconds, site.residentMegabytes())));
            }
        }
        Samples growth = Samples.of(latencies.getLast().median() / latencies.getFirst().median());
        figures.addFirst(Figure.atMost(
                name(),
                "latency at %,d houses ÷ at %,d".formatted(sizes.getLast(), sizes.getFirst()),
                5,
                growth,
                "×",
                COMMAND));
        return figures;
    }
}
