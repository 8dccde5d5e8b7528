package ihome.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How soon a server is ready, how soon the index, and how much memory it takes. */
final class Starts implements Measurement {
    private static final String COMMAND = "./ihome bench --only start";

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title() {
        return "Start, index, memory";
    }

    @Override
    public List<Figure> run(Context context) throws Exception {
        List<Figure> figures = new ArrayList<>();
        figures.add(firstStart(context));
        Samples warm = new Samples();
        Samples small = new Samples();
        Path data = Site.seeded(context, 10_000, 50_000);
        for (int round = 0; round < context.rounds(); round++) {
            try (Site site = Site.start(context, data)) {
                warm.add(site.readySeconds());
                site.awaitIndex();
                load(context, site);
                small.add(site.residentMegabytes());
            }
        }
        figures.add(Figure.atMost(name(), "ready on an existing data folder", 1.5, warm, " s", COMMAND));
        figures.add(Figure.atMost(name(), "resident memory, 10,000 houses, after load", 300, small, " MB", COMMAND));
        figures.addAll(large(context));
        return figures;
    }

    private Figure firstStart(Context context) throws Exception {
        Samples first = new Samples();
        Path data = context.work().resolve("first-start");
        for (int round = 0; round < context.rounds(); round++) {
            Folders.delete(data);
            try (Site site = Site.start(context, data)) {
                first.add(site.readySeconds());
            }
        }
        Folders.delete(data);
        return Figure.atMost(name(), "first start, on an empty folder", 6, first, " s", COMMAND);
    }

    private List<Figure> large(Context context) throws Exception {
        Samples index = new Samples();
        Samples ready = new Samples();
        Samples memory = new Samples();
        Path data = Site.seeded(context, context.houses(), 5L * context.houses());
        for (int round = 0; round < (context.quick() ? 1 : 3); round++) {
            try (Site site = Site.start(context, data)) {
                ready.add(site.readySeconds());
                index.add(site.awaitIndex() - site.readySeconds());
                load(context, site);
                memory.add(site.residentMegabytes());
            }
        }
        String size = "%,d houses, %,d stays".formatted(context.houses(), 5L * context.houses());
        return List.of(
                Figure.atMost(name(), "index built after ready, " + size, 20, index, " s", COMMAND),
                Figure.told(name(), "ready, " + size, ready, " s", COMMAND),
                Figure.atMost(name(), "resident memory, " + size + ", after load", 1_536, memory, " MB", COMMAND));
    }

    private static void load(Context context, Site site) {
        Searches.round(context, site, 64, java.util.Map.of());
    }
}
