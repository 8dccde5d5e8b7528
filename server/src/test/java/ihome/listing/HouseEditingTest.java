package ihome.listing;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A host edits a house, takes it down and puts it back. */
class HouseEditingTest {
    private static TestServer server;
    private static ApiClient host;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        host = server.registered();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theOwnerSeesWhatCanBeEdited() {
        long house = SampleHouse.house()
                .with("facility", "[3, 1, 999]")
                .with("latitude", "\"39.94172\"")
                .with("longitude", 116.39216)
                .publish(host);
        JsonNode own = own(house);
        assertThat(own.path("title").asString()).isEqualTo("鼓楼旁的四合院");
        assertThat(own.path("price").asLong()).isEqualTo(38800);
        assertThat(own.path("deposit").asLong()).isEqualTo(50000);
        assertThat(own.path("area_id").asInt()).isEqualTo(1);
        assertThat(own.path("facilities").toString()).isEqualTo("[1,3]");
        assertThat(own.path("latitude").asDouble()).isEqualTo(39.94172);
        assertThat(own.path("longitude").asDouble()).isEqualTo(116.39216);
        // Everybody else is told the middle of a cell of 0.005 degrees, on the page as well.
        assertThat(full(house).path("latitude").asDouble()).isEqualTo(39.9425);
        assertThat(full(house).path("longitude").asDouble()).isEqualTo(116.3925);
        assertThat(server.client().get("/houses/" + house).text()).doesNotContain("39.94172", "116.39216");
        assertThat(server.client().get("//houses/" + house).text()).doesNotContain("39.94172", "116.39216");
        assertThat(own.path("published").asBoolean()).isTrue();
        assertThat(own.path("images").toString()).isEqualTo("[]");
        assertThat(own.path("cancellation_policy").asString()).isEqualTo("flexible");
    }

    @Test
    void onlyWhatIsGivenChanges() {
        long house = SampleHouse.house()
                .with("facility", "[1, 2]")
                .with("cancellation_policy", "\"strict\"")
                .with("instant_booking", true)
                .publish(host);
        JsonNode before = own(house);
        JsonNode after = host.put("/houses/" + house, "{\"price\": \"19.9\", \"title\": null}")
                .expect("0", "OK")
                .data();
        assertThat(after.path("price").asLong()).isEqualTo(1990);
        assertThat(without(after, "price")).isEqualTo(without(before, "price"));
        assertThat(own(house)).isEqualTo(after);
        assertThat(full(house).path("price").asLong()).isEqualTo(1990);

        JsonNode bare = host.put("/houses/" + house, "{\"facility\": [], \"instant_booking\": false, \"area_id\": 3}")
                .expect("0")
                .data();
        assertThat(bare.path("facilities").toString()).isEqualTo("[]");
        assertThat(bare.path("instant_booking").asBoolean()).isFalse();
        assertThat(bare.path("area_id").asInt()).isEqualTo(3);
        assertThat(bare.path("cancellation_policy").asString()).isEqualTo("strict");
        assertThat(full(house).path("facilities").toString()).isEqualTo("[]");
        assertThat(host.put("/houses/" + house, "{}").expect("0").data()).isEqualTo(bare);
    }

    @Test
    void aPositionComesAndGoesWhole() {
        long house = SampleHouse.house().publish(host);
        assertThat(full(house).path("latitude").isNull()).isTrue();
        host.put("/houses/" + house, "{\"latitude\": -33.5, \"longitude\": \"180\"}")
                .expect("0");
        assertThat(full(house).path("latitude").asDouble()).isEqualTo(-33.4975);
        assertThat(full(house).path("longitude").asDouble()).isEqualTo(179.9975);
        assertThat(own(house).path("longitude").asDouble()).isEqualTo(180);
        host.put("/houses/" + house, "{\"latitude\": 1}").expectBadField("longitude", "经度和纬度应同时填写");
        host.put("/houses/" + house, "{\"latitude\": null, \"longitude\": 1}").expectBadField("latitude", "经度和纬度应同时填写");
        host.put("/houses/" + house, "{\"title\": \"别处\"}").expect("0");
        assertThat(own(house).path("latitude").asDouble()).isEqualTo(-33.5);
        host.put("/houses/" + house, "{\"latitude\": null, \"longitude\": null}")
                .expect("0");
        assertThat(full(house).path("longitude").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title|''",
                "title|7e999",
                "price|0",
                "price|1000000.01",
                "address|''",
                "area_id|0",
                "area_id|32767",
                "room_count|101",
                "acreage|-1",
                "unit|''",
                "capacity|0",
                "beds|''",
                "deposit|-1",
                "min_days|366",
                "max_days|-1",
                "facility|{}",
                "instant_booking|2",
                "cancellation_policy|x",
                "latitude|90.1",
                "latitude|1.123456789",
                "latitude|1e1",
                "longitude|-180.00000001",
                "longitude|x"
            })
    void everyFieldIsBounded(String field, String value) {
        long house = SampleHouse.house().publish(host);
        JsonNode before = own(house);
        String json = value.startsWith("{") || value.contains("e9") ? value : '"' + value + '"';
        String other = field.equals("latitude") ? ", \"longitude\": 1" : ", \"latitude\": 1";
        String position = field.endsWith("tude") ? other : "";
        Reply reply = host.put("/houses/" + house, "{\"" + field + "\": " + json + position + "}");
        reply.expectBadField(field);
        assertThat(own(house)).isEqualTo(before);
        int houses = server.rows("house");
        SampleHouse publish = SampleHouse.house().with(field, json);
        if (field.endsWith("tude")) {
            publish.with(field.equals("latitude") ? "longitude" : "latitude", 1);
        }
        host.post("/houses", publish.json()).expectBadField(field);
        assertThat(server.rows("house")).isEqualTo(houses);
    }

    @Test
    void theShortestStayIsNotLongerThanTheLongest() {
        long house = SampleHouse.house().with("max_days", 5).publish(host);
        host.put("/houses/" + house, "{\"min_days\": 6}").expectBadField("max_days", "最多入住晚数不能小于最少入住晚数");
        host.put("/houses/" + house, "{\"min_days\": 6, \"max_days\": 0}").expect("0");
    }

    @Test
    void onlyTheOwnerMay() {
        long house = SampleHouse.house().publish(host);
        ApiClient stranger = server.registered();
        String not = "只能操作自己的房屋";
        stranger.put("/houses/" + house, "{\"price\": 1}").expect("4105", not);
        stranger.put("/houses/" + house, "{\"price\": -1}").expect("4105", not);
        stranger.put("/houses/" + house + "/published", "{\"published\": false}")
                .expect("4105", not);
        stranger.get("/user/houses/" + house).expect("4105", not);
        for (ApiClient nobody : List.of(server.client())) {
            nobody.put("/houses/" + house, "{\"price\": 1}").expect("4101");
            nobody.put("/houses/" + house + "/published", "{\"published\": false}")
                    .expect("4101");
            nobody.get("/user/houses/" + house).expect("4101");
        }
        for (String id : List.of("0", "999999999", "x", "999999999999999999999")) {
            host.put("/houses/" + id, "{\"price\": 1}").expect("4002", "房屋不存在");
            host.put("/houses/" + id + "/published", "{\"published\": false}").expect("4002", "房屋不存在");
            host.get("/user/houses/" + id).expect("4002", "房屋不存在");
        }
        assertThat(own(house).path("price").asLong()).isEqualTo(38800);
        assertThat(own(house).path("published").asBoolean()).isTrue();
    }

    @Test
    void aHouseThatIsTakenDownIsNowhere() {
        ApiClient busy = server.registered();
        long house = SampleHouse.house().with("area_id", 14).publish(busy);
        server.sql("update house set main_image = 'p/ab/ab" + "0".repeat(30) + "', order_count = 9999 where id = "
                + house);
        assertThat(ids(server.client().get("/houses?aid=14").data().path("houses")))
                .containsExactly(house);

        busy.put("/houses/" + house + "/published", "{\"published\": \"false\"}")
                .expect("0", "OK");
        assertThat(server.client().get("/houses?aid=14").data().toString())
                .isEqualTo("{\"houses\":[],\"total_page\":0,\"current_page\":1}");
        assertThat(ids(server.client().get("/houses/index").data())).doesNotContain(house);
        for (ApiClient who : List.of(server.client(), server.registered(), busy)) {
            who.get("/houses/" + house).expect("4002", "房屋不存在");
            who.get("/houses/" + house + "/quote?start_date=2026-06-10&end_date=2026-06-12")
                    .expect("4002");
        }
        server.client().get("/houses/" + house + "/calendar").expect("4002");
        busy.get("/houses/" + house + "/calendar").expect("0");
        assertThat(server.client().get("//sitemap-0.xml").text()).doesNotContain("/houses/" + house + "<");
        server.registered()
                .post(
                        "/orders",
                        "{\"house_id\": " + house + ", \"start_date\": \"2026-06-10\", \"end_date\": \"2026-06-12\"}")
                .expect("4002");
        assertThat(server.number("select count(*) from orders where house_id = " + house))
                .isZero();
        JsonNode listed = busy.get("/user/houses").data().path("houses").get(0);
        assertThat(listed.path("house_id").asLong()).isEqualTo(house);
        assertThat(listed.path("published").asBoolean()).isFalse();
        assertThat(busy.get("/user/houses/" + house).data().path("published").asBoolean())
                .isFalse();

        busy.put("/houses/" + house + "/published", "{\"published\": true}").expect("0");
        assertThat(ids(server.client().get("/houses?aid=14").data().path("houses")))
                .containsExactly(house);
        server.client().get("/houses/" + house).expect("0");
        busy.put("/houses/" + house + "/published", "{\"published\": \"no\"}")
                .expectBadField("published", "上架状态应为 true 或 false");
        busy.put("/houses/" + house + "/published", "{}").expectBadField("published", "请填写上架状态");
    }

    @Test
    void areasTellHowManyHousesTheyHave() {
        int before = houses(15);
        int other = houses(16);
        long house = SampleHouse.house().with("area_id", 15).publish(host);
        assertThat(houses(15)).isEqualTo(before + 1);
        host.put("/houses/" + house, "{\"area_id\": 16}").expect("0");
        assertThat(houses(15)).isEqualTo(before);
        assertThat(houses(16)).isEqualTo(other + 1);
        host.put("/houses/" + house + "/published", "{\"published\": false}").expect("0");
        assertThat(houses(16)).isEqualTo(other);
        host.put("/houses/" + house + "/published", "{\"published\": true}").expect("0");
        assertThat(houses(16)).isEqualTo(other + 1);
    }

    private static int houses(int area) {
        for (JsonNode each : server.client().get("/areas").expect("0", "OK").data()) {
            if (each.path("aid").asInt() == area) {
                return each.path("houses").asInt();
            }
        }
        throw new AssertionError("no area " + area);
    }

    @Test
    void aFailingDatabaseIsDberr() {
        long house = SampleHouse.house().publish(host);
        server.refusing("update", "house", () -> {
            host.put("/houses/" + house, "{\"price\": 1}").expect("4001", "保存房屋信息失败");
            host.put("/houses/" + house + "/published", "{\"published\": false}")
                    .expect("4001", "保存房屋信息失败");
        });
        server.without("house_image", () -> host.get("/user/houses/" + house).expect("4001", "查询用户房屋数据异常"));
    }

    private static JsonNode own(long house) {
        return host.get("/user/houses/" + house).expect("0", "OK").data();
    }

    private static JsonNode full(long house) {
        return server.client().get("/houses/" + house).expect("0").data().path("house");
    }

    private static String without(JsonNode house, String field) {
        return house.properties().stream()
                .filter(entry -> !entry.getKey().equals(field))
                .toList()
                .toString();
    }

    private static Stream<Long> ids(JsonNode houses) {
        return StreamSupport.stream(houses.spliterator(), false)
                .map(house -> house.path("house_id").asLong());
    }
}
