package ihome.demo;

import ihome.listing.HostTerms;
import ihome.platform.money.Money;
import ihome.siteconfig.SiteFile;
import ihome.stay.CancellationPolicy;
import ihome.stay.HouseTimes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of the demo, made up for this project: listings.csv in the layout of Inside Airbnb, terms.tsv with what such a
 * file does not tell, and reviews.tsv. Nobody's real listing, name or words are in them.
 */
final class Sample {
    /** The last sentence of every description. */
    static final String NOTE = "（示例房源，并不存在，供试用本站 · A sample, not a real place）";

    /** What a guest says of a stay, and the host's answer; null: none. */
    record Comment(int stars, String text, @Nullable String reply) {}

    /** @param kind which comments suit the house: {@code old}, {@code city} or {@code hill} */
    record House(String kind, HostTerms terms) {}

    private static final String EVERYWHERE = "any";

    private Sample() {}

    /**
     * A file to import.
     *
     * @param city of whose city it is, by its id; null: the site's first one
     */
    record Listings(@Nullable Integer city, String text) {}

    /**
     * The file's beginning, so many listings, a line each; on a site whose first city has none of its districts a file for
     * each city, see {@link SampleElsewhere}.
     *
     * @param cities of the site
     */
    static List<Listings> listings(int most, List<SiteFile.City> cities) {
        List<String> lines = new String(read("listings.csv"), StandardCharsets.UTF_8)
                .lines()
                .limit(1L + most)
                .toList();
        Set<String> districts =
                lines.stream().skip(1).map(SampleElsewhere::area).collect(Collectors.toSet());
        if (cities.getFirst().areas().stream().map(SiteFile.Area::name).anyMatch(districts::contains)) {
            return List.of(new Listings(null, String.join("\n", lines) + "\n"));
        }
        List<Listings> files = new ArrayList<>();
        new SampleElsewhere(cities).files(lines, houses()).forEach((city, file) -> files.add(new Listings(city, file)));
        return files;
    }

    /** By the listing's id. */
    static Map<String, House> houses() {
        Map<String, House> houses = new HashMap<>();
        for (String[] line : lines("terms.tsv", 13)) {
            HostTerms terms = new HostTerms(
                    line[2].equals("instant"),
                    CancellationPolicy.of(line[3]).orElseThrow(),
                    line[4].isEmpty() ? null : Money.ofYuan(Long.parseLong(line[4])),
                    Money.ofYuan(Long.parseLong(line[5])),
                    Integer.parseInt(line[6]),
                    Integer.parseInt(line[7]),
                    Integer.parseInt(line[8]),
                    new HouseTimes(LocalTime.parse(line[9]), null, LocalTime.parse(line[10])),
                    line[11].replace("\\n", "\n") + "\n" + NOTE,
                    line[12].equals("-") ? "" : line[12]);
            houses.put(line[0], new House(line[1], terms));
        }
        return houses;
    }

    /** By kind of house, each with those that suit every house. */
    static Map<String, List<Comment>> comments() {
        Map<String, List<Comment>> comments = new HashMap<>();
        for (String[] line : lines("reviews.tsv", 4)) {
            Comment comment = new Comment(Integer.parseInt(line[1]), line[2], line[3].equals("-") ? null : line[3]);
            comments.computeIfAbsent(line[0], _ -> new ArrayList<>()).add(comment);
        }
        List<Comment> everywhere = Objects.requireNonNull(comments.remove(EVERYWHERE));
        comments.values().forEach(some -> some.addAll(everywhere));
        return comments;
    }

    private static List<String[]> lines(String file, int fields) {
        return new String(read(file), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> {
                    String[] parts = line.split("\t", -1);
                    if (parts.length != fields) {
                        throw new IllegalStateException(file + " has a line of " + parts.length + " fields: " + line);
                    }
                    return parts;
                })
                .toList();
    }

    private static byte[] read(String file) {
        try (InputStream in = Sample.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
