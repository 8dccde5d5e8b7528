package ihome.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.CommandFailed;
import ihome.payment.AlipayService;
import ihome.platform.config.BadSettings;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The cities of a site and their areas, as {@code ./ihome site} sets them and clients see them. */
class SiteCommandTest {
    /** Put after what a new site exports. */
    private static final String SHANGHAI = """
              - id: 2
                name: 上海
                name_en: Shanghai
                latitude: 31.2304
                longitude: 121.4737
                areas:
                  - {id: 101, name: 黄浦区, name_en: Huangpu}
                  - {id: 102, name: 浦东新区, name_en: Pudong, houses: closed, papers: [房产证]}
            """;

    @TempDir
    private Path folder;

    private String file(String text) throws IOException {
        Path file = folder.resolve("site.yaml");
        Files.writeString(file, text);
        return file.toString();
    }

    private static String withShanghai(String site) {
        return site.replace("# Beside the usual", SHANGHAI + "# Beside the usual");
    }

    private static JsonNode get(ApiClient client, String path) {
        return client.get(path).expect("0").data();
    }

    private static List<String> names(JsonNode list, String field) {
        return list.valueStream().map(each -> each.path(field).asString()).toList();
    }

    private static List<Long> found(ApiClient client, String query) {
        return get(client, "/houses?" + query)
                .path("houses")
                .valueStream()
                .map(house -> house.path("house_id").asLong())
                .toList();
    }

    @Test
    void aNewSiteIsBeijing() throws IOException {
        try (TestServer server = TestServer.start()) {
            ApiClient client = server.client();
            JsonNode areas = get(client, "/areas");
            assertThat(names(areas, "aname"))
                    .containsExactly(
                            "东城区", "西城区", "朝阳区", "海淀区", "昌平区", "丰台区", "房山区", "通州区", "顺义区", "大兴区", "怀柔区", "平谷区", "密云区",
                            "延庆区", "石景山区", "门头沟区");
            assertThat(areas.get(0)).hasToString("{\"aid\":1,\"aname\":\"东城区\",\"houses\":0}");
            assertThat(get(client, "/areas?city=1").get(0))
                    .hasToString("{\"aid\":1,\"aname\":\"东城区\",\"aname_en\":\"Dongcheng\",\"houses\":0,"
                            + "\"open\":true,\"papers\":[]}");
            assertThat(get(client, "/areas?city=2")).isEmpty();
            assertThat(client.get("/areas?city=0")
                            .expect("4103")
                            .data()
                            .path("field")
                            .asString())
                    .isEqualTo("city");
            assertThat(get(client, "/cities"))
                    .hasToString("[{\"city_id\":1,\"name\":\"北京\",\"name_en\":\"Beijing\",\"latitude\":39.9087,"
                            + "\"longitude\":116.3975,\"houses\":0}]");
            String exported = server.command("site", "export");
            assertThat(server.command("site", "check", file(exported)))
                    .endsWith(" can be applied: nothing to change\n");
            assertThat(server.command("site", "apply", file(exported))).endsWith(": nothing to change\n");
        }
    }

    @Test
    void aSecondCityIsThereOnEveryNode() throws IOException {
        try (TestServer server = TestServer.start();
                TestServer other = server.anotherNode()) {
            List<TestServer> nodes = List.of(server, other);
            for (TestServer node : nodes) {
                // So that they are kept.
                for (String path : List.of("/areas", "/areas?city=2", "/cities")) {
                    get(node.client(), path);
                    get(node.client(), path);
                }
            }
            String site = file(withShanghai(server.command("site", "export")));
            assertThat(server.command("site", "check", site))
                    .endsWith(" can be applied: cities: 1 added, 0 changed, 0 removed; areas: 2 added, 0 changed,"
                            + " 0 removed; facilities: 0 added, 0 changed, 0 removed\n");
            assertThat(get(server.client(), "/cities")).hasSize(1);
            server.command("site", "apply", site);
            for (TestServer node : nodes) {
                Await.until("cities", () -> get(node.client(), "/cities").size(), size -> size == 2);
                assertThat(names(get(node.client(), "/areas?city=2"), "aname")).containsExactly("黄浦区", "浦东新区");
                assertThat(get(node.client(), "/areas")).hasSize(16);
            }
            assertThat(server.command("site", "check", site)).endsWith("nothing to change\n");
            assertThat(server.command("site", "apply", file(server.command("site", "export"))))
                    .endsWith("nothing to change\n");
        }
    }

    @Test
    void aSearchInACity() throws IOException {
        try (TestServer server = TestServer.start();
                TestServer sql = server.anotherNode(Map.of("IHOME_SEARCH_INDEX", "off"))) {
            server.command("site", "apply", file(withShanghai(server.command("site", "export"))));
            ApiClient host = server.registered();
            long beijing = SampleHouse.house().publish(host);
            long shanghai = SampleHouse.house().with("area_id", 101).publish(host);
            server.awaitSearchIndex();
            for (TestServer node : List.of(server, sql)) {
                ApiClient client = node.client();
                Await.until("all", () -> found(client, "p=1").size(), size -> size == 2);
                for (String dates : List.of("", "&sd=2026-06-20&ed=2026-06-23", "&guests=2")) {
                    // Twice, so that the second is a kept one.
                    for (int time = 0; time < 2; time++) {
                        assertThat(found(client, "city=1" + dates)).containsExactly(beijing);
                        assertThat(found(client, "city=2" + dates)).containsExactly(shanghai);
                        assertThat(found(client, "city=2&aid=101" + dates)).containsExactly(shanghai);
                        assertThat(found(client, "city=2&aid=1" + dates)).isEmpty();
                        assertThat(found(client, "city=3" + dates)).isEmpty();
                        assertThat(found(client, "city=0" + dates)).isEmpty();
                        assertThat(found(client, "aid=101" + dates)).containsExactly(shanghai);
                    }
                }
                assertThat(client.get("/houses?city=x")
                                .expect("4103")
                                .data()
                                .path("field")
                                .asString())
                        .isEqualTo("city");
            }
            assertThat(get(server.client(), "/cities").get(1).path("houses").asInt())
                    .isEqualTo(1);
            server.everythingMayHaveChanged();
            server.awaitSearchIndex();
            assertThat(found(server.client(), "city=2&guests=1")).containsExactly(shanghai);
        }
    }

    @Test
    void anAreaMayTakeNoNewHouses() throws IOException {
        try (TestServer server = TestServer.start()) {
            ApiClient host = server.registered();
            long there = SampleHouse.house().publish(host);
            String closed = withShanghai(server.command("site", "export"))
                    .replace("name_en: \"Dongcheng\"}", "name_en: \"Dongcheng\", houses: closed}");
            server.command("site", "apply", file(closed));
            for (int area : List.of(1, 102)) {
                Reply refused = host.post(
                                "/houses",
                                SampleHouse.house().with("area_id", area).json())
                        .expect("4103");
                assertThat(refused.data().path("field").asString()).isEqualTo("area_id");
            }
            // What is there goes on, and may be changed.
            host.put("/houses/" + there, "{\"title\": \"四合院\"}").expect("0");
            long other = SampleHouse.house().with("area_id", 2).publish(host);
            host.put("/houses/" + other, "{\"area_id\": 1}").expect("4103");
            host.put("/houses/" + other, "{\"area_id\": 101}").expect("0");
            assertThat(get(server.client(), "/areas?city=2").get(1))
                    .hasToString("{\"aid\":102,\"aname\":\"浦东新区\",\"aname_en\":\"Pudong\",\"houses\":0,"
                            + "\"open\":false,\"papers\":[\"房产证\"]}");
        }
    }

    /**
     * Protection: "for key share" in AreaStore.isClosed; without it the house is put into an area that was open a moment ago.
     */
    @Test
    void noHouseIsPutIntoAnAreaThatIsBeingClosed() throws Exception {
        try (TestServer server = TestServer.start();
                ExecutorService hosts = Executors.newFixedThreadPool(2)) {
            ApiClient host = server.registered();
            ApiClient mover = server.registered();
            long moved = SampleHouse.house().with("area_id", 2).publish(mover);
            List<Future<Reply>> replies = new ArrayList<>();
            try (Connection closing = server.database().dataSource().getConnection()) {
                closing.setAutoCommit(false);
                try (Statement statement = closing.createStatement()) {
                    // As SiteStore.lock does.
                    statement.execute("select id from area order by id for update");
                    replies.add(hosts.submit(() -> host.post(
                            "/houses", SampleHouse.house().with("area_id", 1).json())));
                    replies.add(hosts.submit(() -> mover.put("/houses/" + moved, "{\"area_id\": 1}")));
                    Await.until(
                            "both wait",
                            () -> server.number("select count(*) from pg_stat_activity"
                                    + " where datname = current_database() and wait_event_type = 'Lock'"),
                            count -> count == 2);
                    statement.execute("update area set open = false where id = 1");
                }
                closing.commit();
            }
            for (Future<Reply> reply : replies) {
                reply.get().expect("4103");
            }
            assertThat(server.number("select count(*) from house where area_id = 1"))
                    .isZero();
        }
    }

    /** Protection: PaymentConfig.mistakeOfCurrency; €95.50 was charged as 95.50 CNY. */
    @Test
    void withAlipayTheCurrencyIsChinas() throws IOException {
        try (AlipayService alipay = new AlipayService();
                TestServer server = TestServer.start()) {
            String euro = file(server.command("site", "export").replaceFirst("currency: .*", "currency: €"));
            Map<String, String> paid = new HashMap<>(server.commandEnvironment());
            paid.putAll(alipay.environment());
            for (String task : List.of("check", "apply")) {
                assertThatThrownBy(() -> Commands.run("site", List.of(task, euro), paid, System.out))
                        .isInstanceOf(CommandFailed.class)
                        .hasMessageContaining("currency is €, and --payment alipay takes CNY only");
            }
            server.command("site", "apply", euro);
            assertThatThrownBy(() -> server.anotherNode(alipay.environment()))
                    .hasStackTraceContaining("site.yaml: currency is €, and --payment alipay takes CNY only");
            ByteArrayOutputStream doctor = new ByteArrayOutputStream();
            PrintStream print = new PrintStream(doctor, true, StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Commands.run("doctor", List.of(), paid, print))
                    .isInstanceOf(CommandFailed.class);
            assertThat(doctor.toString(StandardCharsets.UTF_8)).containsPattern("(?m)^FAILED +currency ");
            server.command(
                    "site",
                    "apply",
                    file(server.command("site", "export").replaceFirst("currency: .*", "currency: 元")));
            server.anotherNode(alipay.environment()).close();
        }
    }

    @Test
    void anAreaWithHousesStaysWhereItIs() throws IOException {
        try (TestServer server = TestServer.start()) {
            ApiClient host = server.registered();
            long house = SampleHouse.house().publish(host);
            String before = server.command("site", "export");
            String applied = withShanghai(before)
                    .replace("facilities: []", "facilities:\n  - {id: 24, name: \"充电桩\", name_en: \"EV charger\"}\n");
            server.command("site", "apply", file(applied));
            host.put("/houses/" + house, "{\"facility\": [1, 24]}").expect("0");
            String moved = applied.replace("      - {id: 1, name: \"东城区\", name_en: \"Dongcheng\"}\n", "")
                    .replace("- {id: 101", "- {id: 1, name: 东城区}\n      - {id: 101");
            Map<String, String> refused = Map.of(
                    applied.replace("      - {id: 1, name: \"东城区\", name_en: \"Dongcheng\"}\n", ""),
                    "area 1 (东城区) has 1 houses: it cannot be left out",
                    moved,
                    "area 1 (东城区) has 1 houses: it cannot go from city 1 to city 2",
                    withShanghai(before),
                    "facility 24 (充电桩) is one of 1 houses: it cannot be left out",
                    applied.replace("充电桩", "电梯"),
                    "facility 24 has the name of a usual one: 电梯");
            String now = server.command("site", "export");
            refused.forEach((text, why) -> {
                for (String task : List.of("check", "apply")) {
                    assertThatThrownBy(() -> server.command("site", task, file(text)))
                            .isInstanceOf(CommandFailed.class)
                            .hasMessageContaining(why);
                }
            });
            assertThat(server.command("site", "export")).isEqualTo(now);
            // Taken down it is a house of the area all the same.
            host.put("/houses/" + house + "/published", Json.text(Map.of("published", false)))
                    .expect("0");
            assertThatThrownBy(() -> server.command("site", "apply", file(moved)))
                    .isInstanceOf(CommandFailed.class);
        }
    }

    @Test
    void areasAreRenamedExchangedAndRemoved() throws IOException {
        try (TestServer server = TestServer.start()) {
            ApiClient host = server.registered();
            SampleHouse.house().publish(host);
            server.awaitSearchIndex();
            for (int time = 0; time < 2; time++) {
                // So that they are kept.
                get(server.client(), "/areas");
                get(server.client(), "/houses?p=1");
            }
            String before = server.command("site", "export");
            String exchanged = before.replace("东城区", "?")
                    .replace("西城区", "东城区")
                    .replace("?", "西城区")
                    .replace("      - {id: 16, name: \"门头沟区\", name_en: \"Mentougou\"}\n", "");
            assertThat(server.command("site", "apply", file(exchanged)))
                    .contains("areas: 0 added, 2 changed, 1 removed");
            JsonNode areas = Await.until("areas", () -> get(server.client(), "/areas"), some -> some.size() == 15);
            assertThat(names(areas, "aname").subList(0, 2)).containsExactly("西城区", "东城区");
            Await.until(
                    "the card's area",
                    () -> names(get(server.client(), "/houses?p=1").path("houses"), "area_name"),
                    List.of("西城区")::equals);
            server.awaitSearchIndex();
            assertThat(names(get(server.client(), "/houses?guests=1").path("houses"), "area_name"))
                    .containsExactly("西城区");
            server.command("site", "apply", file(before));
            assertThat(server.command("site", "export")).isEqualTo(before);
        }
    }

    @Test
    void theFirstCityIsTheOneOfExistingClients() throws IOException {
        try (TestServer server = TestServer.start()) {
            server.command("site", "apply", file("cities:\n" + SHANGHAI));
            Await.until("areas", () -> names(get(server.client(), "/areas"), "aname"), List.of("黄浦区", "浦东新区")::equals);
            assertThat(names(get(server.client(), "/cities"), "name_en")).containsExactly("Shanghai");
        }
    }

    @Test
    void whatIsMissingOrWrongIsNamed() throws IOException {
        Map<String, String> none = Map.of();
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        for (List<String> wrong :
                List.of(List.<String>of(), List.of("make", "x"), List.of("apply"), List.of("check"))) {
            assertThatThrownBy(() -> Commands.run("site", wrong, none, out)).isInstanceOf(BadSettings.class);
        }
        assertThatThrownBy(() -> Commands.run("site", List.of("check", "/nowhere/site.yaml"), none, out))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("cannot read /nowhere/site.yaml");
        String bad = file("cities: [{id: 1}]\ncolour: red\n");
        assertThatThrownBy(() -> Commands.run("site", List.of("apply", bad), none, out))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("cities[0].name (line 1) is missing")
                .hasMessageContaining("colour (line 2) is not known");
    }

    /** What an existing site says of its areas stays, and the version before can go on writing beside this one. */
    @Test
    void housesOfTheVersionBefore() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        try (Database database = new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
            database.schema().migrateTo("40");
            execute(database, "insert into account (name, mobile, created_at) values ('h', '13900000000', now())");
            String house = """
                    insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                       deposit, min_days, max_days, created_at)
                    select 1, 'house', 100, id, 'street', 1, 1, 'flat', 1, 'bed', 0, 1, 0, now() from area
                    """;
            execute(database, house);
            execute(database, "insert into area (id, name) values (17, 'a later one')");
            database.schema().migrate();
            execute(database, house);
            String read = database.withConnection(
                    handle -> handle.createQuery("""
                            select string_agg(area.id || ' ' || area.name || ' ' || coalesce(area.name_en, '-') || ' '
                                              || city.name || ' ' || (select count(*) from house where area_id = area.id),
                                              ', ' order by area.id)
                            from area join city on city.id = area.city_id
                            where area.id in (1, 16, 17)
                            """).mapTo(String.class).one());
            assertThat(read).isEqualTo("1 东城区 Dongcheng 北京 2, 16 门头沟区 Mentougou 北京 2, 17 a later one - 北京 1");
        }
    }

    private static void execute(Database database, String sql) {
        database.withConnection(handle -> handle.execute(sql));
    }
}
