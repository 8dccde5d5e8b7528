package ihome.demo;

import ihome.siteconfig.SiteFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sample on a site that has none of its districts: the listings that could be in any city, spread evenly over the areas
 * that take houses, around the centres of their cities, with the area's name instead of the place's in their titles.
 */
final class SampleElsewhere {
    /** As the sample calls a house that could be in any city; see {@link Sample.House}. */
    private static final String ANY_CITY = "city";

    private static final int TITLE = 1;
    private static final int AREA = 4;
    private static final int LATITUDE = 5;
    private static final int LONGITUDE = 6;
    /** In degrees; some three kilometres. */
    private static final double SPREAD = 0.03;

    private static final Pattern FIELD = Pattern.compile("(\"(?:[^\"]|\"\")*\"|[^,]*)(?:,|$)");
    /** A place and what is there. */
    private static final Pattern CHINESE =
            Pattern.compile(".+?((?:安静两居|亲子三居|新装一居|阳光开间|求职公寓床位|高层两居|设计师公寓|合租小间|三居大宅|落地窗一居|公寓酒店"
                    + "|朝南主卧|书香小屋|复式小家|次卧|公园边的北欧风一居|精品酒店大床房|青旅六人间床位)(?:，.*)?)");

    private static final Pattern ENGLISH = Pattern.compile("([\\x20-\\x7e]*?(?: near| in|,)) [\\x20-\\x7e]+");

    private record Spot(SiteFile.City city, SiteFile.Area area) {}

    private final List<Spot> spots;

    SampleElsewhere(List<SiteFile.City> cities) {
        List<Spot> all = cities.stream()
                .flatMap(city -> city.areas().stream().map(area -> new Spot(city, area)))
                .toList();
        List<Spot> open = all.stream().filter(spot -> spot.area().open()).toList();
        this.spots = open.isEmpty() ? all : open;
    }

    /**
     * A file for each city, by its id.
     *
     * @param lines the sample's file
     * @param houses what it does not tell, by the listing's id
     */
    Map<Integer, String> files(List<String> lines, Map<String, Sample.House> houses) {
        Map<Integer, StringBuilder> files = new LinkedHashMap<>();
        int count = 0;
        for (String line : lines.subList(1, lines.size())) {
            List<String> fields = fields(line);
            Sample.House house = houses.get(fields.getFirst());
            if (house != null && house.kind().equals(ANY_CITY)) {
                Spot spot = spots.get(count++ % spots.size());
                files.computeIfAbsent(spot.city().id(), _ -> new StringBuilder(lines.getFirst() + "\n"))
                        .append(String.join(",", moved(fields, spot)))
                        .append('\n');
            }
        }
        Map<Integer, String> texts = new LinkedHashMap<>();
        files.forEach((city, text) -> texts.put(city, text.toString()));
        return texts;
    }

    /** The district of a line. */
    static String area(String line) {
        return unquoted(fields(line).get(AREA));
    }

    /** As they stand in the line, with their quotes. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        Matcher field = FIELD.matcher(line);
        for (int at = 0; at < line.length() && field.find(at); at = field.end()) {
            fields.add(field.group(1));
        }
        return fields;
    }

    private static List<String> moved(List<String> fields, Spot spot) {
        Random random = new Random(Long.parseLong(fields.getFirst()) * 104_729);
        List<String> moved = new ArrayList<>(fields);
        moved.set(TITLE, quoted(title(unquoted(fields.get(TITLE)), spot.area())));
        moved.set(AREA, quoted(spot.area().name()));
        moved.set(LATITUDE, degrees(spot.city().latitude(), random));
        moved.set(LONGITUDE, degrees(spot.city().longitude(), random));
        return moved;
    }

    /** Empty, which the import fills, where the sample's title says nothing that would be true elsewhere. */
    static String title(String title, SiteFile.Area area) {
        Matcher english = ENGLISH.matcher(title);
        if (english.matches()) {
            return english.group(1) + " " + area.nameEnglish();
        }
        Matcher chinese = CHINESE.matcher(title);
        return chinese.matches() ? area.name() + chinese.group(1) : "";
    }

    private static String degrees(double centre, Random random) {
        return String.format(Locale.ROOT, "%.5f", centre + SPREAD * random.nextGaussian());
    }

    private static String unquoted(String field) {
        return field.startsWith("\"") ? field.substring(1, field.length() - 1).replace("\"\"", "\"") : field;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
