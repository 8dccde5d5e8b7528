package ihome.bench;

import java.util.List;
import java.util.Map;

/** A page far behind beside the first one, of searches over all areas. */
final class DeepPages implements Measurement {
    private static final String COMMAND = "./ihome bench --only deep";

    @Override
    public String name() {
        return "deep";
    }

    @Override
    public String title() {
        return "Deep pages";
    }

    @Override
    public List<Figure> run(Context context) throws Exception {
        int deep = context.quick() ? 1_000 : 10_000;
        try (Site site = Site.start(context, Site.seeded(context, context.houses(), 5L * context.houses()))) {
            site.awaitIndex();
            Searches.warmUp(context, site);
            Samples first = new Samples();
            Samples far = new Samples();
            for (int round = 0; round < context.rounds(); round++) {
                first.add(latency(context, site, 1));
                far.add(latency(context, site, deep));
            }
            return List.of(Figure.atMost(
                            name(), "page %,d ÷ page 1, median latency".formatted(deep), 2, far.over(first), "×", COMMAND)
                    .noting("page 1 %.3f ms, page %,d %.3f ms".formatted(first.median(), deep, far.median())));
        }
    }

    private static double latency(Context context, Site site, int page) {
        return Searches.round(context, site, 1, Map.of("AREA", "all", "PAGE", Integer.toString(page)))
                .medianMillis();
    }
}
