package ihome.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The web app's first page on a throttled line, in Chromium. */
final class FirstPage implements Measurement {
    private static final Pattern LINE =
            Pattern.compile("(?m)^(/\\S*)\\s+LCP ([0-9.]+) s.*JavaScript ([0-9.]+) KB");

    @Override
    public String name() {
        return "page";
    }

    @Override
    public String title() {
        return "First page of the web app";
    }

    @Override
    public List<Figure> run(Context context) throws Exception {
        if (!Tool.require("chromium", "chromium")) {
            throw new Skipped("needs Chromium (Debian: apt-get install chromium)");
        }
        if (!java.nio.file.Files.isDirectory(context.root().resolve("web/node_modules"))) {
            throw new Skipped("needs the web app's libraries: ./ihome build with Node.js");
        }
        List<Figure> figures = new ArrayList<>();
        String command = "node bench/first-page.mjs URL";
        try (Site site = Site.start(context, Site.seeded(context, 10_000, 50_000))) {
            String output = Tool.output(
                    Map.of(),
                    "node",
                    context.root().resolve("bench/first-page.mjs").toString(),
                    site.url(""),
                    Integer.toString(context.rounds()));
            Matcher matcher = LINE.matcher(output);
            while (matcher.find()) {
                String path = matcher.group(1);
                Samples lcp = Samples.of(Double.parseDouble(matcher.group(2)));
                Samples script = Samples.of(Double.parseDouble(matcher.group(3)));
                figures.add(Figure.atMost(name(), path + ": largest contentful paint", 1.5, lcp, " s", command)
                        .noting("4G line of 1.6 Mbit/s and 150 ms, processor slowed 4 times"));
                figures.add(Figure.atMost(name(), path + ": JavaScript that travels", 90, script, " KB", command));
            }
        }
        if (figures.isEmpty()) {
            throw new Skipped("bench/first-page.mjs printed no figures");
        }
        return figures;
    }
}
