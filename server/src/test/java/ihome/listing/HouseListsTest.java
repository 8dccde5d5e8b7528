package ihome.listing;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Endpoints 10 and 15 to 17: areas, one's own houses, slides and detail. */
class HouseListsTest {
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

    @BeforeEach
    void noHouses() {
        server.sql("truncate house cascade");
    }

    @Test
    void areas() {
        JsonNode areas = server.client().get("/areas").expect("0", "OK").data();
        assertThat(areas.size()).isEqualTo(16);
        assertThat(areas.get(0).path("aid").asInt()).isEqualTo(1);
        assertThat(areas.get(0).path("aname").asString()).isEqualTo("东城区");
        assertThat(areas.get(0).path("houses").asInt()).isNotNegative();
        assertThat(areas.get(14).path("aname").asString()).isEqualTo("石景山区");
        server.without("area", () -> server.client().get("/areas").expect("4001", "查询城区信息失败"));
        server.client().get("/areas").expect("0");
    }

    @Test
    void ownHousesComeNewestFirstAndNoOthers() {
        ApiClient other = server.registered();
        long first = SampleHouse.house().publish(host);
        SampleHouse.house().publish(other);
        server.advance(Duration.ofDays(1));
        long second = SampleHouse.house().with("area_id", 15).publish(host);
        long third = SampleHouse.house().publish(host);
        JsonNode houses = host.get("/user/houses").expect("0", "OK").data().path("houses");
        assertThat(ids(houses)).containsExactly(third, second, first);
        assertThat(houses.get(1).path("area_name").asString()).isEqualTo("石景山区");
        assertThat(houses.get(1).path("img_url").asString("none")).isEmpty();
        assertThat(houses.get(0).path("ctime").asString()).isEqualTo("2026-06-02");
        assertThat(houses.get(2).path("ctime").asString()).isEqualTo("2026-06-01");
        assertThat(server.registered().get("/user/houses").expect("0").data().toString())
                .isEqualTo("{\"houses\":[],\"next\":null}");
    }

    /** An hour before the site's midnight, UTC's date is the same; an hour after, it is the day before. */
    @Test
    void datesAreTheSites() {
        long house = SampleHouse.house().publish(host);
        for (Map.Entry<String, String> date : Map.of(
                        "2026-06-05 15:59:59Z", "2026-06-05", "2026-06-05 16:00:00Z", "2026-06-06")
                .entrySet()) {
            server.sql("update house set created_at = '" + date.getKey() + "' where id = " + house);
            assertThat(host.get("/user/houses")
                            .data()
                            .path("houses")
                            .get(0)
                            .path("ctime")
                            .asString())
                    .isEqualTo(date.getValue());
        }
    }

    @Test
    void ownHousesNeedALoginAndAStore() {
        server.client().get("/user/houses").expect("4101", "用户未登录");
        server.client().session("nobody").get("/user/houses").expect("4101", "用户未登录");
        Runnable refused = () -> host.get("/user/houses").expect("4001", "查询用户房屋数据异常");
        server.without("house", refused);
        server.state().withoutSessions(refused);
    }

    @Test
    void slidesAreTheFiveMostBookedWithAMainImage() {
        Reply none = server.client().get("/houses/index").expectStatus(200);
        assertThat(none.text()).isEqualTo("{\"errno\":0,\"errmsg\":\"OK\",\"data\":[]}");
        List<Long> houses = new ArrayList<>();
        for (int orders : List.of(4, 9, 1, 7, 7, 2, 8, 100)) {
            long house = SampleHouse.house().publish(host);
            houses.add(house);
            server.sql("update house set order_count = " + orders + ", main_image = 'p/ab/ab" + "0".repeat(30)
                    + "' where id = " + house);
        }
        server.sql("update house set main_image = null where id = " + houses.getLast());
        Reply slides = server.client().get("/houses/index").expectStatus(200);
        assertThat(slides.json().path("errno").isInt()).isTrue();
        assertThat(slides.text()).startsWith("{\"errno\":0,\"errmsg\":\"OK\",\"data\":[");
        assertThat(ids(slides.data()))
                .containsExactly(houses.get(1), houses.get(6), houses.get(4), houses.get(3), houses.get(0));
        assertThat(slides.data().get(0).path("img_url").asString())
                .isEqualTo("http://localhost:" + server.port() + "/media/p/ab/ab" + "0".repeat(30) + "_480.jpg");
        server.without("house", () -> {
            Reply broken = server.client().get("/houses/index").expect("4001", "查询首页信息异常");
            assertThat(broken.json().path("errno").isString()).isTrue();
        });
    }

    @Test
    void theViewerOfAHouseIsNamedOrMinusOne() {
        long house = SampleHouse.house().publish(host);
        ApiClient guest = server.registered();
        assertThat(viewer(server.client(), house)).isEqualTo(-1);
        assertThat(viewer(server.client().session("gone"), house)).isEqualTo(-1);
        assertThat(viewer(guest, house))
                .isEqualTo(guest.get("/user").data().path("user_id").asLong());
        guest.delete("/session").expect("0");
        assertThat(viewer(guest, house)).isEqualTo(-1);
        Reply reply = host.get("/houses/" + house);
        assertThat(reply.json().path("errno").isInt()).isTrue();
        assertThat(reply.data().path("user_id").asLong())
                .isEqualTo(reply.data().path("house").path("user_id").asLong());
        assertThat(reply.data().path("house").path("user_name").asString())
                .isEqualTo(host.get("/user").data().path("name").asString());
        assertThat(reply.data().path("house").path("img_urls").toString()).isEqualTo("[]");
        assertThat(reply.data().path("house").path("comments").toString()).isEqualTo("[]");
    }

    @Test
    void anUnknownHouseIsNoData() {
        for (String id : List.of(
                "0",
                "-1",
                "1",
                "abc",
                "1.5",
                "999999999999999999",
                "99999999999999999999",
                "%00",
                "%e9%99%a2",
                "1%20",
                "'")) {
            Reply reply = server.nodeClient().get("/houses/" + id).expect("4002", "房屋不存在");
            assertThat(reply.json().path("errno").isString()).isTrue();
        }
        for (String table : List.of("house", "house_facility", "house_image")) {
            server.without(table, () -> server.client().get("/houses/1").expect("4001", "查询房屋详情数据异常"));
        }
    }

    private static long viewer(ApiClient client, long house) {
        return client.get("/houses/" + house).expect("0").data().path("user_id").asLong();
    }

    private static List<Long> ids(JsonNode houses) {
        List<Long> ids = new ArrayList<>();
        houses.forEach(house -> ids.add(house.path("house_id").asLong()));
        return ids;
    }
}
