package ihome.favourite;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Favourites: marked one by one, or merged from what a device kept. */
class FavouritesTest {
    private static final String PATH = "/user/favourites";

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
    void theNewestIsFirst() {
        ApiClient guest = server.registered();
        assertThat(shown(guest)).isEmpty();
        long first = house();
        long second = house();
        long third = house();
        for (long house : List.of(first, second, third, first)) {
            guest.put(PATH + "/" + house, "").expect("0", "OK");
        }
        assertThat(shown(guest)).containsExactly(third, second, first);
        guest.delete(PATH + "/" + second).expect("0", "OK");
        guest.delete(PATH + "/" + second).expect("0", "OK");
        assertThat(shown(guest)).containsExactly(third, first);
        assertThat(shown(server.registered())).isEmpty();
    }

    @Test
    void aHouseThatIsTakenDownIsMarked() {
        ApiClient guest = server.registered();
        long house = house();
        long down = house();
        guest.put(PATH + "/" + house, "").expect("0");
        guest.put(PATH + "/" + down, "").expect("0");
        host.put("/houses/" + down + "/published", "{\"published\": false}").expect("0");
        JsonNode houses = guest.get(PATH).data().path("houses");
        assertThat(houses.get(0).path("published").asBoolean()).isFalse();
        assertThat(houses.get(1).path("published").asBoolean()).isTrue();
        guest.put(PATH + "/" + down, "").expect("0");
        server.registered().put(PATH + "/" + down, "").expect("4002", "房屋不存在");
        guest.delete(PATH + "/" + down).expect("0");
        assertThat(shown(guest)).containsExactly(house);
    }

    @Test
    void whatADeviceKeptIsMerged() {
        ApiClient guest = server.registered();
        long a = house();
        long b = house();
        long c = house();
        guest.put(PATH + "/" + a, "").expect("0");
        String kept = "{\"house_ids\": [" + c + ", \"" + b + "\", " + a + ", 999999999, " + c + "]}";
        assertThat(merge(guest, kept)).containsExactly(c, b, a);
        assertThat(merge(guest, kept)).containsExactly(c, b, a);
        assertThat(merge(guest, "{\"house_ids\": []}")).containsExactly(c, b, a);
        assertThat(shown(guest)).containsExactly(c, b, a);
    }

    @Test
    void thereAreFiveHundredAtMost() {
        ApiClient guest = server.registered();
        long owner = host.get("/user").data().path("user_id").asLong();
        server.sql("""
                insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                   deposit, min_days, max_days, created_at)
                select %d, '院', 100, 1, '街', 1, 1, '间', 1, '床', 0, 1, 0, now() from generate_series(1, 510)
                """.formatted(owner));
        List<Long> ids = server.database()
                .withConnection(tx -> tx.createQuery("select id from house where title = '院' order by id limit 510")
                        .mapTo(Long.class)
                        .list());
        guest.post(PATH, Json.text(Map.of("house_ids", ids.subList(0, 501))))
                .expectBadField("house_ids", "收藏的房屋应为最多 500 项的列表");
        assertThat(merge(guest, Json.text(Map.of("house_ids", ids.subList(0, 495)))))
                .hasSize(495);
        List<Long> all = merge(guest, Json.text(Map.of("house_ids", ids.subList(495, 505))));
        assertThat(all).hasSize(500).startsWith(ids.get(495), ids.get(496), ids.get(497), ids.get(498), ids.get(499));
        guest.put(PATH + "/" + ids.get(509), "").expect("4201", "最多收藏 500 套房屋");
        guest.put(PATH + "/" + ids.get(0), "").expect("0");
        guest.delete(PATH + "/" + ids.get(1)).expect("0");
        guest.delete(PATH + "/" + ids.get(2)).expect("0");
        List<Reply> replies = AtOnce.run(6, i -> guest.put(PATH + "/" + ids.get(501 + i), ""));
        assertThat(AtOnce.count(replies, "0")).isEqualTo(2);
        assertThat(shown(guest)).hasSize(500);
    }

    @Test
    void badRequestsChangeNothing() {
        ApiClient guest = server.registered();
        for (String body : List.of(
                "{}",
                "{\"house_ids\": 1}",
                "{\"house_ids\": [0]}",
                "{\"house_ids\": [\"x\"]}",
                "{\"house_ids\": [-1]}",
                "{\"house_ids\": [null]}",
                "{\"house_ids\": [1e30]}")) {
            guest.post(PATH, body).expectBadField("house_ids");
        }
        guest.post(PATH, "[]").expectStatus(400);
        for (String id : List.of("0", "x", "999999999")) {
            guest.put(PATH + "/" + id, "").expect("4002", "房屋不存在");
            guest.delete(PATH + "/" + id).expect("0");
        }
        ApiClient nobody = server.client();
        nobody.get(PATH).expect("4101");
        nobody.post(PATH, "{\"house_ids\": []}").expect("4101");
        nobody.put(PATH + "/1", "").expect("4101");
        nobody.delete(PATH + "/1").expect("4101");
        assertThat(shown(guest)).isEmpty();
    }

    @Test
    void aFailingDatabaseIsDberr() {
        ApiClient guest = server.registered();
        long house = house();
        server.without("favourite", () -> {
            guest.get(PATH).expect("4001", "查询收藏失败");
            guest.post(PATH, "{\"house_ids\": [1]}").expect("4001", "保存收藏失败");
            guest.put(PATH + "/" + house, "").expect("4001", "保存收藏失败");
            guest.delete(PATH + "/" + house).expect("4001", "保存收藏失败");
        });
    }

    private static long house() {
        return SampleHouse.house().publish(host);
    }

    private static List<Long> shown(ApiClient guest) {
        List<Long> ids = new ArrayList<>();
        guest.get(PATH)
                .expect("0", "OK")
                .data()
                .path("houses")
                .forEach(house -> ids.add(house.path("house_id").asLong()));
        return ids;
    }

    private static List<Long> merge(ApiClient guest, String json) {
        List<Long> ids = new ArrayList<>();
        guest.post(PATH, json).expect("0", "OK").data().path("house_ids").forEach(id -> ids.add(id.asLong()));
        return ids;
    }
}
