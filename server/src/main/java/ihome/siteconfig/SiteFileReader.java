package ihome.siteconfig;

import ihome.platform.time.ZoneNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads {@code site.yaml}: all that can be said without asking the database is checked here. */
public final class SiteFileReader {
    /** Larger files are refused before they are parsed. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final LoadSettings SYNTAX = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(0)
            .build();

    private final List<String> mistakes = new ArrayList<>();
    /** Where an id stands first, by kind and id. */
    private final Map<String, String> ids = new HashMap<>();

    private SiteFileReader() {}

    /**
     * Reads the bytes of a file.
     *
     * @throws SiteFileUnusable with every mistake there is
     */
    public static SiteFile read(byte[] bytes) {
        SiteFileReader reader = new SiteFileReader();
        SiteFile file = reader.file(bytes);
        if (!reader.mistakes.isEmpty() || file == null) {
            throw new SiteFileUnusable(reader.mistakes);
        }
        return file;
    }

    private @Nullable SiteFile file(byte[] bytes) {
        Optional<Node> root = root(bytes);
        if (root.isEmpty()) {
            if (mistakes.isEmpty()) {
                mistakes.add("the file is empty");
            }
            return null;
        }
        YamlFields fields = YamlFields.of(root.get(), mistakes);
        SiteSettings settings = settings(fields);
        List<YamlFields> listed = fields.list("cities", SiteFile.HIGHEST_CITY);
        if (listed.isEmpty() && mistakes.isEmpty()) {
            mistakes.add("cities is missing: there is one at least");
        }
        List<SiteFile.City> cities = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlFields city : listed) {
            cities.add(city(city, names));
        }
        List<SiteFile.Facility> facilities = new ArrayList<>();
        Set<String> facilityNames = new HashSet<>();
        for (YamlFields facility : fields.list("facilities", SiteFile.HIGHEST_FACILITY)) {
            facilities.add(facility(facility, facilityNames));
        }
        fields.refuseOthers();
        if (cities.stream().mapToInt(city -> city.areas().size()).sum() > SiteFile.MOST_AREAS) {
            mistakes.add("cities should have at most " + SiteFile.MOST_AREAS + " areas together");
        }
        return new SiteFile(settings, cities, facilities);
    }

    /** What is left out is as the program has it. */
    private SiteSettings settings(YamlFields fields) {
        SiteSettings usual = SiteSettings.DEFAULT;
        List<String> languages = fields.has("languages") ? fields.texts("languages", 2, 2) : usual.languages();
        if (!Set.of("zh", "en").containsAll(languages)
                || languages.isEmpty()
                || Set.copyOf(languages).size() < languages.size()) {
            fields.mistake("languages", "should be [zh], [en], [zh, en] or [en, zh]");
        }
        ZoneId zone = null;
        if (fields.has("zone")) {
            try {
                zone = ZoneNames.parse(fields.text("zone", 50));
            } catch (IllegalArgumentException e) {
                fields.mistake("zone", "should be a time zone such as Asia/Shanghai, or UTC");
            }
        }
        return new SiteSettings(
                fields.textOr("name", SiteFile.LONGEST_NAME, usual.name()),
                fields.textOr("name_en", SiteFile.LONGEST_NAME, usual.nameEnglish()),
                fields.textOr("slogan", SiteFile.LONGEST_SLOGAN, usual.slogan()),
                fields.textOr("slogan_en", SiteFile.LONGEST_SLOGAN, usual.sloganEnglish()),
                languages,
                fields.textOr("currency", SiteFile.LONGEST_CURRENCY, usual.currency()),
                zone,
                fields.has("fee_percent") ? (Integer) fields.integer("fee_percent", 0, 100) : null);
    }

    private Optional<Node> root(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            mistakes.add("the file is larger than " + MAX_BYTES / 1024 + " KiB");
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Compose(SYNTAX).composeString(text);
        } catch (CharacterCodingException e) {
            mistakes.add("the file is not UTF-8");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            mistakes.add("line " + line + " is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            mistakes.add("the file is not YAML");
        }
        return Optional.empty();
    }

    private SiteFile.City city(YamlFields fields, Set<String> names) {
        int id = id("city", fields, 1, SiteFile.HIGHEST_CITY);
        String name = name(fields, names);
        String english = fields.textOr("name_en", SiteFile.LONGEST_NAME, name);
        double latitude = fields.degrees("latitude", 90);
        double longitude = fields.degrees("longitude", 180);
        List<SiteFile.Area> areas = new ArrayList<>();
        Set<String> areaNames = new HashSet<>();
        for (YamlFields area : fields.list("areas", SiteFile.MOST_AREAS)) {
            areas.add(area(area, areaNames));
        }
        if (areas.isEmpty()) {
            fields.mistake("areas", "should name one area at least");
        }
        fields.refuseOthers();
        return new SiteFile.City(id, name, english, latitude, longitude, areas);
    }

    private SiteFile.Area area(YamlFields fields, Set<String> names) {
        int id = id("area", fields, 1, SiteFile.HIGHEST_AREA);
        String name = name(fields, names);
        String english = fields.textOr("name_en", SiteFile.LONGEST_NAME, name);
        boolean open = fields.oneOf("houses", List.of("open", "closed")).equals("open");
        List<String> papers = fields.texts("papers", SiteFile.MOST_PAPERS, SiteFile.LONGEST_PAPER);
        fields.refuseOthers();
        return new SiteFile.Area(id, name, english, open, papers);
    }

    private SiteFile.Facility facility(YamlFields fields, Set<String> names) {
        int id = id("facility", fields, SiteFile.LAST_USUAL_FACILITY + 1, SiteFile.HIGHEST_FACILITY);
        String name = name(fields, names);
        String english = fields.textOr("name_en", SiteFile.LONGEST_NAME, name);
        fields.refuseOthers();
        return new SiteFile.Facility(id, name, english);
    }

    private int id(String kind, YamlFields fields, int least, int most) {
        int id = fields.integer("id", least, most);
        String other = id == 0 ? null : ids.putIfAbsent(kind + " " + id, fields.path());
        if (other != null) {
            fields.mistake("id", id + " is that of " + other + " already");
        }
        return id;
    }

    private String name(YamlFields fields, Set<String> names) {
        String name = fields.text("name", SiteFile.LONGEST_NAME);
        if (!name.isEmpty() && !names.add(name)) {
            fields.mistake("name", name + " is there already");
        }
        return name;
    }
}
