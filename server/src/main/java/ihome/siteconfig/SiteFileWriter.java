package ihome.siteconfig;

import java.math.BigDecimal;
import java.util.List;

/** Writes a {@code site.yaml} that {@link SiteFileReader} reads as the same. */
public final class SiteFileWriter {
    private static final String HEAD = """
            # What ./ihome site apply makes of this site. Of the settings, "zone: Asia/Shanghai" and "fee_percent: 10" may be
            # added: nodes take them when they start, unless they have --zone and --fee-percent of their own.
            """;
    private static final String CITIES = """
            # An area keeps its id for good: houses and existing clients know it by that. One that has houses cannot be left
            # out. The first city is the one that GET /areas answers for. An area may also have "houses: closed" (no new
            # ones) and "papers: [...]" (what hosts need there).
            """;
    private static final String FACILITIES = """
            # Beside the usual facilities 1 to 23; ids from 24 to 63.
            """;

    private SiteFileWriter() {}

    public static String text(SiteFile file) {
        StringBuilder text = new StringBuilder(HEAD);
        settings(text, file.settings());
        text.append(CITIES).append("cities:\n");
        for (SiteFile.City city : file.cities()) {
            text.append("  - id: ").append(city.id()).append('\n');
            text.append("    name: ").append(quoted(city.name())).append('\n');
            text.append("    name_en: ").append(quoted(city.nameEnglish())).append('\n');
            text.append("    latitude: ").append(degrees(city.latitude())).append('\n');
            text.append("    longitude: ").append(degrees(city.longitude())).append('\n');
            text.append("    areas:\n");
            city.areas()
                    .forEach(area -> text.append("      - ").append(area(area)).append('\n'));
        }
        text.append(FACILITIES).append(file.facilities().isEmpty() ? "facilities: []\n" : "facilities:\n");
        for (SiteFile.Facility facility : file.facilities()) {
            text.append("  - {id: ").append(facility.id()).append(", name: ").append(quoted(facility.name()));
            text.append(", name_en: ").append(quoted(facility.nameEnglish())).append("}\n");
        }
        return text.toString();
    }

    private static void settings(StringBuilder text, SiteSettings settings) {
        text.append("name: ").append(quoted(settings.name())).append('\n');
        text.append("name_en: ").append(quoted(settings.nameEnglish())).append('\n');
        text.append("slogan: ").append(quoted(settings.slogan())).append('\n');
        text.append("slogan_en: ").append(quoted(settings.sloganEnglish())).append('\n');
        text.append("languages: [")
                .append(String.join(", ", settings.languages()))
                .append("]\n");
        text.append("currency: ").append(quoted(settings.currency())).append('\n');
        if (settings.zone() != null) {
            text.append("zone: ").append(settings.zone().getId()).append('\n');
        }
        if (settings.feePercent() != null) {
            text.append("fee_percent: ").append(settings.feePercent()).append('\n');
        }
    }

    private static String area(SiteFile.Area area) {
        StringBuilder text = new StringBuilder("{id: ").append(area.id());
        text.append(", name: ").append(quoted(area.name()));
        text.append(", name_en: ").append(quoted(area.nameEnglish()));
        if (!area.open()) {
            text.append(", houses: closed");
        }
        if (!area.papers().isEmpty()) {
            List<String> papers =
                    area.papers().stream().map(SiteFileWriter::quoted).toList();
            text.append(", papers: [").append(String.join(", ", papers)).append(']');
        }
        return text.append('}').toString();
    }

    /** Without an exponent, which {@code 1.0E-5} would have. */
    private static String degrees(double degrees) {
        return BigDecimal.valueOf(degrees).toPlainString();
    }

    /** The form of YAML in which any line of text means itself. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
