package ihome.siteconfig;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.platform.json.Json;
import ihome.testing.Await;
import ihome.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a site says of itself, and that nothing of the default site is compiled in elsewhere. */
class SiteSettingsTest {
    private static final String AMSTERDAM = """
            name: 运河之家
            name_en: Canal Stays
            slogan: 住在运河边。
            slogan_en: Sleep by a canal.
            languages: [en]
            currency: €
            zone: Europe/Amsterdam
            fee_percent: 7
            cities:
              - id: 5
                name: 阿姆斯特丹
                name_en: Amsterdam
                latitude: 52.3728
                longitude: 4.8936
                areas:
                  - {id: 501, name: Centrum-Oost}
            """;

    @TempDir
    private Path folder;

    private void apply(TestServer server, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("site.yaml"), text);
        server.command("site", "apply", file.toString());
    }

    private static String page(TestServer server, String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(path))
                    .header("Accept-Language", "zh-CN")
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void pagesSayItOnEveryNode() throws IOException {
        try (TestServer server = TestServer.start();
                TestServer other = server.anotherNode()) {
            List<TestServer> nodes = List.of(server, other);
            nodes.forEach(node -> assertThat(page(node, "/")).contains("<title>爱家 · 北京短租</title>"));
            apply(server, AMSTERDAM);
            for (TestServer node : nodes) {
                String home = Await.until("the page", () -> page(node, "/"), text -> text.contains("Canal Stays"));
                assertThat(home)
                        .contains(
                                "<html lang=\"en\">",
                                "<title>Canal Stays · Stays in Amsterdam</title>",
                                "content=\"Sleep by a canal.\"",
                                "\"currency\":\"€\"",
                                "\"languages\":[\"en\"]",
                                "Centrum-Oost")
                        .doesNotContain("爱家", "北京", "Beijing", "¥");
                assertThat(page(node, "/houses?aid=501"))
                        .contains("<title>Stays in Centrum-Oost · Canal Stays</title>");
                assertThat(page(node, "/houses?city=5")).contains("<title>Stays in Amsterdam · Canal Stays</title>");
                // A zone is taken when a node starts.
                assertThat(home).contains("\"zone\":\"Asia/Shanghai\"");
            }
            server.restart();
            assertThat(page(server, "/")).contains("\"zone\":\"Europe/Amsterdam\"");
        }
    }

    /** The app asks for nothing that the page has told it. */
    @Test
    void pagesOfSeveralCitiesTellTheAreasOfTheOneThatIsChosen() throws IOException {
        try (TestServer server = TestServer.start()) {
            apply(server, site(server).replace("# Beside the usual", """
                      - id: 5
                        name: 阿姆斯特丹
                        name_en: Amsterdam
                        latitude: 52.3728
                        longitude: 4.8936
                        areas:
                          - {id: 501, name: Centrum-Oost}
                    # Beside the usual"""));
            assertThat(Await.until("the page", () -> page(server, "/"), text -> text.contains("各地短租")))
                    .doesNotContain("/api/v1.0/areas");
            assertThat(page(server, "/houses")).doesNotContain("/api/v1.0/areas");
            assertThat(page(server, "/?city=9")).doesNotContain("/api/v1.0/areas");
            assertThat(page(server, "/?city=1")).contains("\"/api/v1.0/areas?city=1\"");
            for (String path : List.of("/?city=5", "/houses?city=5", "/houses?aid=501", "/houses?aid=501&city=5")) {
                assertThat(page(server, path))
                        .contains("\"/api/v1.0/areas?city=5\"", "Centrum-Oost")
                        .doesNotContain("areas?city=1");
            }
            assertThat(page(server, "/houses?aid=501&city=5"))
                    .contains("\"/api/v1.0/houses?aid=501\\u0026sk=booking\"");
        }
    }

    @Test
    void amountsOfNoticesHaveTheSign() throws IOException {
        try (Market market = new Market()) {
            apply(market.server, "currency: €\n" + site(market.server));
            long order = market.booked(market.instantHouse(), 1, 2);
            market.pay(order, "paid-" + order);
            market.server.advance(Duration.ofDays(2));
            market.host
                    .post("/orders/" + order + "/claims", Json.text(Map.of("amount", 300, "reason", "落地灯")))
                    .expect("0");
            assertThat(market.guest.get("/user/notices").expect("0").data().toString())
                    .contains("：€300");
        }
    }

    private static String site(TestServer server) {
        String text = server.command("site", "export");
        return text.substring(text.indexOf("cities:"));
    }

    /** Where the default site is described, and what is about Beijing by its nature: a sample, real listings, Alipay. */
    private static final Set<String> OF_THE_DEFAULT = Set.of(
            // Help texts, which tell of the demo's city and show a site.yaml.
            "server/src/main/java/ihome/cli/DemoCommand.java",
            "server/src/main/java/ihome/cli/SeedCommand.java",
            "server/src/main/java/ihome/cli/SiteCommand.java",
            "server/src/main/java/ihome/siteconfig/SiteSettings.java",
            "server/src/main/java/ihome/importing/District.java",
            "server/src/main/java/ihome/importing/Fields.java",
            "server/src/main/resources/db/migration/V42__cities.sql",
            "server/src/main/resources/ihome/demo/listings.csv");

    private static final Pattern OF_ONE_SITE = Pattern.compile("北京|Beijing|爱家|¥|[（(]元|[0-9}] ?元");

    @Test
    void nothingOfTheDefaultSiteIsCompiledInElsewhere() throws IOException {
        Path root = Path.of("..");
        for (String part : List.of("server/src/main")) {
            try (Stream<Path> files = Files.walk(root.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = root.relativize(file).toString();
                    if (!OF_THE_DEFAULT.contains(name)
                            && name.matches(".*\\.(java|sql|ts|vue|html|css|json|webmanifest|md|csv)")) {
                        assertThat(Files.readAllLines(file).stream()
                                        .filter(Predicate.not(SiteSettingsTest::isComment))
                                        .filter(OF_ONE_SITE.asPredicate()))
                                .as(name)
                                .isEmpty();
                    }
                }
            }
        }
    }

    private static boolean isComment(String line) {
        return line.strip().matches("(\\*|//|/\\*|--).*");
    }
}
