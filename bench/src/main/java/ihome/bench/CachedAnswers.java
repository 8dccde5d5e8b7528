package ihome.bench;

import java.util.ArrayList;
import java.util.List;

/** Answers that are kept as bytes, beside nginx serving the same bytes as files. */
final class CachedAnswers implements Measurement {
    private static final int CONNECTIONS = 64;
    private static final List<String> PATHS = List.of(
            "/api/v1.0/areas", "/api/v1.0/houses/index", "/api/v1.0/houses/1", "/api/v1.0/houses?aid=1&sk=new&p=1");

    @Override
    public String name() {
        return "cached";
    }

    @Override
    public String title() {
        return "Cached answers beside nginx, same bytes";
    }

    @Override
    public List<Figure> run(Context context) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Site site = Site.start(context, Site.seeded(context, 10_000, 50_000));
                NginxPeer nginx = new NginxPeer()) {
            for (String path : PATHS) {
                byte[] bytes = site.get(path);
                String peer = nginx.serving(bytes);
                Wrk.plain(site.url(path), CONNECTIONS, 2 * context.seconds()); // warm-up
                Samples ours = new Samples();
                Samples theirs = new Samples();
                for (int round = 0; round < context.rounds(); round++) {
                    ours.add(Wrk.plain(site.url(path), CONNECTIONS, context.seconds()).perSecond());
                    theirs.add(Wrk.plain(peer, CONNECTIONS, context.seconds()).perSecond());
                }
                String command = "./ihome bench --only cached";
                figures.add(Figure.atLeast(name(), path + " beside nginx", 1.2, ours.over(theirs), "×", command)
                        .noting("%,d bytes; ours %,.0f/s, nginx %,.0f/s"
                                .formatted(bytes.length, ours.median(), theirs.median())));
            }
        }
        return figures;
    }
}
