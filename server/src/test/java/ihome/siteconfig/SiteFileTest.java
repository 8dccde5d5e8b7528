package ihome.siteconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code site.yaml} may say. */
class SiteFileTest {
    private static final String TWO_CITIES = """
            cities:
              - id: 1
                name: 北京
                name_en: Beijing
                latitude: 39.9087
                longitude: 116.3975
                areas:
                  - {id: 1, name: 东城区, name_en: Dongcheng}
                  - {id: 2, name: 西城区, houses: closed}
              - id: 2
                name: Amsterdam
                latitude: 52.3728
                longitude: -4.8936
                areas:
                  - {id: 101, name: "Centrum: \\"Oost\\" \\\\", papers: [registratienummer, brandveiligheid]}
            facilities:
              - {id: 24, name: 充电桩, name_en: EV charger}
            """;

    private static SiteFile read(String text) {
        return SiteFileReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> mistakes(byte[] file) {
        return catchThrowableOfType(SiteFileUnusable.class, () -> SiteFileReader.read(file))
                .mistakes();
    }

    private static List<String> mistakes(String text) {
        return mistakes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatItSays() {
        SiteFile file = read(TWO_CITIES);
        assertThat(file.facilities()).containsExactly(new SiteFile.Facility(24, "充电桩", "EV charger"));
        assertThat(file.cities())
                .containsExactly(
                        new SiteFile.City(
                                1,
                                "北京",
                                "Beijing",
                                39.9087,
                                116.3975,
                                List.of(
                                        new SiteFile.Area(1, "东城区", "Dongcheng", true, List.of()),
                                        new SiteFile.Area(2, "西城区", "西城区", false, List.of()))),
                        new SiteFile.City(
                                2,
                                "Amsterdam",
                                "Amsterdam",
                                52.3728,
                                -4.8936,
                                List.of(new SiteFile.Area(
                                        101,
                                        "Centrum: \"Oost\" \\",
                                        "Centrum: \"Oost\" \\",
                                        true,
                                        List.of("registratienummer", "brandveiligheid")))));
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        SiteFile file = read(TWO_CITIES);
        assertThat(read(SiteFileWriter.text(file))).isEqualTo(file);
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        assertThat(mistakes("""
                        citys: []
                        cities:
                          - id: 0
                            name: 北京
                            latitude: 91
                            longitude: east
                            areas:
                              - {id: 1, name: 东城区}
                              - {id: 1, name: 东城区, houses: shut}
                              - {id: 10000, colour: red, papers: one}
                          - id: 2
                            name: 北京
                            latitude: 1
                            longitude: 2
                        facilities:
                          - {id: 23, name: 浴缸}
                          - {id: 64, name: ""}
                        """))
                .containsExactly(
                        "cities[0].id (line 3) should be a whole number from 1 to 127",
                        "cities[0].latitude (line 5) should be degrees from -90 to 90",
                        "cities[0].longitude (line 6) should be degrees from -180 to 180",
                        "cities[0].areas[1].id (line 9) 1 is that of cities[0].areas[0] already",
                        "cities[0].areas[1].name (line 9) 东城区 is there already",
                        "cities[0].areas[1].houses (line 9) should be one of open, closed",
                        "cities[0].areas[2].id (line 10) should be a whole number from 1 to 9999",
                        "cities[0].areas[2].name (line 10) is missing",
                        "cities[0].areas[2].papers (line 10) should be a list",
                        "cities[0].areas[2].colour (line 10) is not known;"
                                + " known are houses, id, name, name_en, papers",
                        "cities[1].name (line 12) 北京 is there already",
                        "cities[1].areas (line 11) should name one area at least",
                        "facilities[0].id (line 16) should be a whole number from 24 to 63",
                        "facilities[1].id (line 17) should be a whole number from 24 to 63",
                        "facilities[1].name (line 17) should be one line of 1 to 60 characters, without invisible ones",
                        "citys (line 1) is not known; known are cities, currency, facilities, fee_percent, languages,"
                                + " name, name_en, slogan, slogan_en, zone");
    }

    @Test
    void whatIsNoSiteFile() {
        assertThat(mistakes("")).containsExactly("the file is empty");
        assertThat(mistakes("cities: [")).hasSize(1).first().asString().startsWith("line 1 is not YAML");
        assertThat(mistakes("cities: []")).containsExactly("cities is missing: there is one at least");
        assertThat(mistakes("- 1")).containsExactly("the file (line 1) should have fields such as name:");
        assertThat(mistakes(new byte[] {'a', (byte) 0xff})).containsExactly("the file is not UTF-8");
        assertThat(mistakes("#".repeat(SiteFileReader.MAX_BYTES + 1)))
                .containsExactly("the file is larger than 1024 KiB");
        String many = "cities:\n" + "  - {id: 1, name: a}\n".repeat(SiteFile.HIGHEST_CITY + 1);
        assertThat(mistakes(many)).contains("cities (line 2) should have at most 127 items");
    }

    /** Protection: ZoneNames, as for --zone. */
    @Test
    void aZoneIsARegionOrUtc() {
        for (String zone : List.of("GMT+8", "UTC+8", "\"+08:00\"")) {
            assertThat(mistakes("zone: " + zone + "\n" + TWO_CITIES))
                    .containsExactly("zone (line 1) should be a time zone such as Asia/Shanghai, or UTC");
        }
        assertThat(read("zone: UTC\n" + TWO_CITIES).settings().zone()).isEqualTo(java.time.ZoneId.of("UTC"));
    }
}
