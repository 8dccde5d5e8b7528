package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.account.NameSkeletons;
import ihome.booking.Market;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One rule for what a text may hold, in every text that people write; names that look alike are one name. */
@Tag("slow")
class TextsContractTest {
    /** As tried on the site: what nobody sees, and what turns the text around. */
    private static final List<String> REFUSED = List.of(
            "阿\u200B明",
            "阿\u2060明",
            "阿明\uFE0F",
            "阿\u00AD明",
            "阿\u034F明",
            "阿明\u3164",
            "\u202E阿明",
            "\u3164",
            "\u200B\u2060");

    private static Market market;

    @BeforeAll
    static void start() {
        market = new Market();
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    private static TestServer server() {
        return market.server;
    }

    @Test
    void everyTextIsRefusedThatHasWhatNobodySees() {
        long house = market.house();
        int houses = server().rows("house");
        for (String text : REFUSED) {
            for (String field : List.of("title", "address", "unit", "beds")) {
                Map<String, Object> one = new HashMap<>();
                one.put(field, text);
                market.host.put("/houses/" + house, Json.text(one)).expectBadField(field);
                market.host
                        .post(
                                "/houses",
                                SampleHouse.house().with(field, Json.text(text)).json())
                        .expectBadField(field);
            }
            market.guest.put("/user/name", Json.text(Map.of("name", text))).expectBadField("name");
            server().registered()
                    .post("/user/auth", Json.text(Map.of("real_name", text + "x", "id_card", "11010519491231002X")))
                    .expectBadField("real_name");
        }
        assertThat(server().rows("house")).isEqualTo(houses);
        assertThat(server().number("select count(*) from account where verified_at is not null"))
                .isZero();
    }

    @Test
    void reasonsCommentsAndRepliesToo() {
        long house = market.instantHouse();
        LocalDate today = LocalDate.ofInstant(server().clock().instant(), java.time.ZoneId.of("Asia/Shanghai"));
        long order = Market.order(Market.book(market.guest, house, today.plusDays(1), today.plusDays(2)));
        for (String text : REFUSED) {
            market.guest
                    .put("/orders/" + order + "/status", Json.text(Map.of("action", "cancel", "reason", text)))
                    .expectBadField("reason");
        }
        market.pay(order, "paid-" + order);
        server().advance(Duration.ofDays(3));
        market.settleDue();
        for (String text : REFUSED) {
            market.guest
                    .put("/orders/" + order + "/comment", Json.text(Map.of("comment", text)))
                    .expectBadField("comment");
        }
        market.guest
                .put("/orders/" + order + "/comment", Json.text(Map.of("comment", "很好👍🏽\r\n下次再来")))
                .expect("0");
        for (String text : REFUSED) {
            market.host
                    .put("/orders/" + order + "/reply", Json.text(Map.of("reply", text)))
                    .expectBadField("reply");
        }
        assertThat(market.guest
                        .get("/houses/" + house)
                        .data()
                        .path("house")
                        .path("comments")
                        .path(0)
                        .path("comment")
                        .asString())
                .isEqualTo("很好👍🏽\n下次再来");
    }

    /** A title from before the rule: a notice tells it without what turns the text around. */
    @Test
    void anOldTitleTurnsNoNoticeAround() {
        long house = market.house();
        server().sql("update house set title = U&'\\202Etxet' || '四合院' where id = " + house);
        LocalDate today = LocalDate.ofInstant(server().clock().instant(), java.time.ZoneId.of("Asia/Shanghai"));
        Market.order(Market.book(market.guest, house, today.plusDays(5), today.plusDays(6)));
        assertThat(market.host.get("/user/notices").text()).contains("txet四合院").doesNotContain("\u202E");
    }

    @Test
    void aNameThatWasSavedCanBeSavedAgain() {
        ApiClient client = server().registered();
        client.put("/user/name", Json.text(Map.of("name", "\u0958".repeat(32)))).expectBadField("name");
        String kept = client.put("/user/name", Json.text(Map.of("name", "\u0958".repeat(16))))
                .expect("0")
                .data()
                .path("name")
                .asString();
        client.put("/user/name", Json.text(Map.of("name", kept))).expect("0");
    }

    @Test
    void namesThatLookAlikeAreTaken() {
        ApiClient first = server().registered();
        first.put("/user/name", Json.text(Map.of("name", "Lantern灯笼"))).expect("0");
        ApiClient second = server().registered();
        for (String alike : List.of("Lantern灯笼", "lantern灯笼", "ＬＡＮＴＥＲＮ灯笼", "lanterɴ灯笼".replace('ɴ', 'n'))) {
            second.put("/user/name", Json.text(Map.of("name", alike))).expect("4001", "更新用户名失败");
        }
        first.put("/user/name", Json.text(Map.of("name", "LANTERN灯笼"))).expect("0");
        second.put("/user/name", Json.text(Map.of("name", "lantern灯笼"))).expect("4001");
        second.put("/user/name", Json.text(Map.of("name", "已注销用戶"))).expect("0");
        second.put("/user/name", Json.text(Map.of("name", "已注销用户"))).expect("4001");
    }

    /** Protection: the unique index on the skeleton. */
    @Test
    void ofManyWhoTakeNamesThatLookAlikeAtTheSameMomentOneGetsIt() {
        List<String> alike = List.of("moon", "MOON", "Moon", "ｍｏｏｎ", "mOOn", "ＭＯＯＮ");
        for (int round = 0; round < 5; round++) {
            String number = Integer.toString(round);
            List<ApiClient> clients =
                    alike.stream().map(_ -> server().registered()).toList();
            List<Reply> replies = AtOnce.run(
                    alike.size(),
                    i -> clients.get(i).put("/user/name", Json.text(Map.of("name", alike.get(i) + number))));
            assertThat(replies.stream().filter(reply -> reply.errno().equals("0")))
                    .hasSize(1);
        }
    }

    /** Accounts of the version before: names that look alike stay, the first keeps the skeleton, and nobody new gets in. */
    @Test
    void oldNamesThatLookAlikeAreTolerated() {
        ApiClient one = server().registered();
        ApiClient two = server().registered();
        long first = id(one);
        long second = id(two);
        // As the version before does it: it knows nothing of the column.
        server().sql("update account set name = 'Willow' where id = " + first);
        server().sql("update account set name = 'willow' where id = " + second);
        assertThat(skeleton(first)).isEmpty();
        new NameSkeletons(server().database()).fill();
        new NameSkeletons(server().database()).fill();
        assertThat(skeleton(first)).isEqualTo("willow");
        assertThat(skeleton(second)).isEmpty();
        server().registered().put("/user/name", "{\"name\": \"WILLOW\"}").expect("4001");
        two.put("/user/name", "{\"name\": \"willow\"}").expect("0");
        two.put("/user/name", "{\"name\": \"willoW\"}").expect("4001");
        // The version before renames an account that has one: the old name is free again.
        server().sql("update account set name = 'Poplar' where id = " + first);
        assertThat(skeleton(first)).isEmpty();
        new NameSkeletons(server().database()).fill();
        assertThat(skeleton(first)).isEqualTo("poplar");
        assertThat(skeleton(second)).isEqualTo("willow");
    }

    @Test
    void anErasedAccountsNameIsNowhere() {
        ApiClient client = server().registered();
        client.put("/user/name", "{\"name\": \"Cypress\"}").expect("0");
        long account = id(client);
        assertThat(skeleton(account)).isEqualTo("cypress");
        client.send(
                        "DELETE",
                        "/user",
                        "application/json",
                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                Json.text(Map.of("password", TestServer.PASSWORD))))
                .expect("0");
        assertThat(skeleton(account)).isEmpty();
        server().registered().put("/user/name", "{\"name\": \"cypress\"}").expect("0");
    }

    private static long id(ApiClient client) {
        return client.get("/user").data().path("user_id").asLong();
    }

    private static String skeleton(long account) {
        return server().text("select name_skeleton from account where id = " + account);
    }
}
