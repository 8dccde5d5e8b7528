package ihome.siteconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.importing.ImportOptions;
import ihome.importing.ImportSummary;
import ihome.importing.ListingImport;
import ihome.importing.Progress;
import ihome.importing.UnusableFile;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A second city from files of Inside Airbnb: it is imported, searched and booked. */
class SecondCityTest {
    /** Put after the cities of a new site. */
    private static final String AMSTERDAM = """
              - id: 5
                name: 阿姆斯特丹
                name_en: Amsterdam
                latitude: 52.3728
                longitude: 4.8936
                areas:
                  - {id: 501, name: 中区, name_en: Centrum-Oost}
            """;

    /** The detailed layout of today. */
    private static final String NEW = """
            id,listing_url,name,host_id,host_name,neighbourhood,neighbourhood_cleansed,latitude,longitude,room_type,\
            accommodates,bedrooms,beds,price,minimum_nights,maximum_nights,number_of_reviews,first_review,amenities
            1,https://x,Canal house,7,Anna,"Amsterdam, North Holland, Netherlands",Centrum-Oost,52.36,4.9,Entire home/apt,\
            4,2,3,"$1,234.00",2,1125,3,2024-05-01,"[""Wifi"", ""Kitchen""]"
            2,https://x,Loft,7,Anna,"Amsterdam, North Holland, Netherlands",De Pijp - Rivierenbuurt,52.35,4.89,Private room,\
            2,1,1,€95.50,1,30,0,,"[]"
            3,https://x,No price,8,Bas,,Noord-West,52.4,4.9,Private room,2,1,1,,1,30,0,,"[]"
            """;

    /** The summary layout of old. */
    private static final String OLD = """
            id,name,host_id,host_name,neighbourhood_group,neighbourhood,latitude,longitude,room_type,price,minimum_nights,\
            number_of_reviews,last_review
            4,Houseboat,9,Cees,,Noord-West,52.4,4.9,Entire home/apt,150,1,12,2019-01-01
            """;

    @TempDir
    private Path folder;

    private void addAmsterdam(TestServer server) throws IOException {
        Path file = folder.resolve("site.yaml");
        Files.writeString(
                file, server.command("site", "export").replace("# Beside the usual", AMSTERDAM + "# Beside the usual"));
        server.command("site", "apply", file.toString());
    }

    private ImportSummary imported(TestServer server, byte[] file, @Nullable Integer city) throws Exception {
        Path csv = Files.write(folder.resolve("listings"), file);
        return new ListingImport(
                        server.database().dataSource(),
                        (_, _) -> {},
                        Clock.systemUTC(),
                        new ImportOptions(false, ZoneId.of("Europe/Amsterdam"), city, ImportOptions.AIRBNB))
                .run(csv, Progress.silent());
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static JsonNode get(ApiClient client, String path) {
        return client.get(path).expect("0").data();
    }

    @Test
    void itIsImportedSearchedAndBooked() throws Exception {
        try (TestServer server = TestServer.start()) {
            addAmsterdam(server);
            SampleHouse.house().publish(server.registered());
            server.awaitSearchIndex();

            ImportSummary first = imported(server, gzip(NEW), 5);
            assertThat(first.added()).isEqualTo(2);
            assertThat(imported(server, OLD.getBytes(StandardCharsets.UTF_8), 5).added())
                    .isEqualTo(1);
            assertThat(imported(server, gzip(NEW), 5).added()).isZero();
            assertThat(server.texts("select id || ' ' || name from area where city_id = 5 order by id"))
                    .containsExactly("501 中区", "502 De Pijp - Rivierenbuurt", "503 Noord-West");

            ApiClient guest = server.registered();
            JsonNode found = Await.until(
                    "the houses",
                    () -> get(guest, "/houses?city=5&sk=price-des&sd=2026-06-20&ed=2026-06-23")
                            .path("houses"),
                    houses -> houses.size() == 3);
            assertThat(found.get(0).path("title").asString()).isEqualTo("Canal house");
            assertThat(found.get(0).path("area_name").asString()).isEqualTo("中区");
            assertThat(found.get(0).path("address").asString()).isEqualTo("阿姆斯特丹市中区");
            assertThat(found.valueStream().map(house -> house.path("price").asLong()))
                    .containsExactly(123_400L, 15_000L, 9_600L);
            assertThat(found.get(0).path("total").asLong()).isEqualTo(3 * 123_400L);
            assertThat(get(guest, "/houses?city=1").path("houses")).hasSize(1);
            assertThat(get(guest, "/cities")
                            .valueStream()
                            .map(city -> city.path("houses").asInt()))
                    .containsExactly(1, 3);
            assertThat(get(guest, "/areas")).hasSize(16);

            long house = found.get(0).path("house_id").asLong();
            JsonNode detail = get(guest, "/houses/" + house).path("house");
            assertThat(List.of(
                            detail.path("city_id").asInt(),
                            detail.path("area_id").asInt()))
                    .containsExactly(5, 501);
            assertThat(detail.path("area_name").asString()).isEqualTo("中区");
            String stay = Json.text(Map.of("house_id", house, "start_date", "2026-06-20", "end_date", "2026-06-23"));
            guest.post("/orders", stay).expect("0");
            guest.post("/orders", stay).expect("4004");
            assertThat(get(guest, "/houses?city=5&sd=2026-06-20&ed=2026-06-23").path("houses"))
                    .hasSize(2);
        }
    }

    @Test
    void withoutACityTheFileIsOfTheFirstOne() throws Exception {
        try (TestServer server = TestServer.start()) {
            ImportSummary summary = imported(server, gzip(NEW), null);
            assertThat(summary.added()).isZero();
            assertThat(summary.toString()).contains("not an area of 北京");
            assertThat(server.rows("area")).isEqualTo(16);
            assertThatThrownBy(() -> imported(server, gzip(NEW), 9))
                    .isInstanceOf(UnusableFile.class)
                    .hasMessageContaining("the site has no city 9");
        }
    }
}
