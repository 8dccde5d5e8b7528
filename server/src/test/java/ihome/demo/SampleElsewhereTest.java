package ihome.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ihome demo} and {@code ./ihome seed} on a site of other cities than the sample's. */
class SampleElsewhereTest {
    private static final String SITE = """
            cities:
              - id: 11
                name: 芝加哥
                name_en: Chicago
                latitude: 41.8781
                longitude: -87.6298
                areas:
                  - {id: 1101, name: 卢普区, name_en: The Loop}
                  - {id: 1102, name: 林肯公园, name_en: Lincoln Park}
                  - {id: 1103, name: 海德公园, name_en: Hyde Park, houses: closed}
              - id: 12
                name: Milwaukee
                name_en: Milwaukee
                latitude: 43.0389
                longitude: -87.9065
                areas:
                  - {id: 1201, name: Third Ward}
            """;

    private static final String AREAS =
            "select area_id || ' ' || count(*) from house group by area_id order by area_id";
    private static final String ELSEWHERE = """
            select count(*)::text from house join area on area.id = area_id join city on city.id = city_id
            where abs(house.latitude - city.latitude) > 0.3 or abs(house.longitude - city.longitude) > 0.3
               or house.latitude is null
            """;

    @TempDir
    private Path folder;

    private TestServer elsewhere() throws IOException {
        TestServer server = TestServer.start();
        Path file = Files.writeString(folder.resolve("site.yaml"), SITE);
        server.command("site", "apply", file.toString());
        return server;
    }

    @Test
    void theDemoTakesWhatCouldBeAnywhereToTheSitesAreas() throws IOException {
        try (TestServer server = elsewhere()) {
            assertThat(server.command("demo")).contains("176 houses of ");
            assertThat(server.command("demo")).contains("the demo is there already");

            assertThat(server.texts(AREAS)).containsExactly("1101 59", "1102 59", "1201 58");
            assertThat(server.rows("area")).isEqualTo(4);
            assertThat(server.texts(ELSEWHERE)).containsExactly("0");
            assertThat(server.texts("select distinct address from house order by 1"))
                    .containsExactlyInAnyOrder("Third Ward, Milwaukee", "芝加哥市卢普区", "芝加哥市林肯公园");
            assertThat(server.texts("""
                            select title from house join area on area.id = area_id
                            where position(area.name in title) = 0 and position(area.name_en in title) = 0
                            """)).isEmpty();
            assertThat(server.texts("select title from house where title ~ '北京|朝阳|三里屯|中关村|胡同|Wangjing|Beijing'"))
                    .isEmpty();
            assertThat(server.texts("select description from house where description ~ '胡同|北京|hutong'"))
                    .isEmpty();
            assertThat(server.rows("orders")).isPositive();

            assertThat(server.command("demo", "--remove")).contains("removed 176 houses, ");
            assertThat(server.rows("house")).isZero();
        }
    }

    @Test
    void theSeedTakesTheSitesAreasInTurn() throws IOException {
        try (TestServer server = elsewhere()) {
            server.command("seed", "--houses", "400", "--stays", "0", "--no-pictures");

            assertThat(server.texts(AREAS)).containsExactly("1101 100", "1102 100", "1103 100", "1201 100");
            assertThat(server.texts(ELSEWHERE)).containsExactly("0");
            assertThat(server.texts("select distinct address from house where area_id in (1101, 1201) order by 1"))
                    .containsExactlyInAnyOrder("Third Ward, Milwaukee", "芝加哥市卢普区");
        }
    }
}
