package ihome.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The copy of one's data: everything of one's own, and nothing of anybody else's. */
class ExportAccountTest {
    private static Market market;

    @BeforeAll
    static void start() {
        market = new Market();
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    private static String mobileOf(ApiClient client) {
        return client.get("/user").expect("0").data().path("mobile").asString();
    }

    @Test
    void holdsWhatIsOnesOwnAndNothingOfTheOtherSide() {
        market.guest.put("/user/name", Json.text(Map.of("name", "房客小林"))).expect("0");
        market.host.put("/user/name", Json.text(Map.of("name", "房东老周"))).expect("0");
        market.guest
                .post("/user/auth", Json.text(Map.of("real_name", "林导出", "id_card", "11010519491231002X")))
                .expect("0");
        long house = market.instantHouse();
        long order = market.booked(house, 1, 3);
        var _ = market.pay(order, "trade-" + order);
        market.host
                .post("/orders/" + order + "/changes", Json.text(Map.of("guests", Map.of("adults", 2))))
                .expect("0");
        market.guest
                .put(
                        "/orders/" + order + "/occupants",
                        Json.text(Map.of(
                                "occupants",
                                List.of(Map.of("name", "林同住", "id_type", "passport", "id_number", "E12345678")))))
                .expect("0");
        market.guest.put("/user/favourites/" + house, "{}").expect("0");
        market.server.advance(Duration.ofDays(5));
        market.settleDue();
        market.guest
                .put("/orders/" + order + "/comment", Json.text(Map.of("comment", "院子很安静", "stars", 5)))
                .expect("0");

        market.host
                .put("/orders/" + order + "/guest-review", Json.text(Map.of("stars", 4, "text", "很爱惜房间")))
                .expect("0");
        market.guest
                .post("/reports", Json.text(Map.of("kind", "review", "id", order, "reason", "untrue", "text", "并不是这样")))
                .expect("0");
        long claim = market.host
                .post("/orders/" + order + "/claims", Json.text(Map.of("amount", 120, "reason", "落地灯被打碎")))
                .expect("0")
                .data()
                .path("claim_id")
                .asLong();
        market.guest
                .put("/orders/" + order + "/claims/" + claim, Json.text(Map.of("action", "accept", "text", "是我")))
                .expect("0");

        Reply reply = market.guest.get("/user/export").expect("0", "OK");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Content-Disposition")).startsWith("attachment");
        JsonNode guest = reply.data();
        assertThat(guest.path("complete").asBoolean()).isTrue();
        assertThat(guest.path("user").path("mobile").asString()).isEqualTo(mobileOf(market.guest));
        assertThat(guest.path("user").path("real_name").asString()).isEqualTo("林导出");
        assertThat(guest.path("user").path("id_card").asString()).isEqualTo("110***********002X");
        assertThat(guest.path("orders_as_guest")).hasSize(1);
        assertThat(guest.path("orders_as_host")).isEmpty();
        assertThat(guest.path("comments").get(0).path("comment").asString()).isEqualTo("院子很安静");
        assertThat(guest.path("guest_reviews").get(0).path("role").asString()).isEqualTo("custom");
        assertThat(guest.path("guest_reviews").get(0).path("text").asString()).isEqualTo("很爱惜房间");
        assertThat(guest.path("reports").get(0).path("text").asString()).isEqualTo("并不是这样");
        assertThat(guest.path("favourites")).hasSize(1);
        assertThat(guest.path("deposit_claims")).hasSize(1);
        assertThat(guest.path("deposit_claims").get(0).path("role").asString()).isEqualTo("custom");
        assertThat(guest.path("deposit_claims").get(0).path("reason").asString())
                .isEqualTo("落地灯被打碎");
        assertThat(guest.path("deposit_claims").get(0).path("answer").asString())
                .isEqualTo("是我");
        assertThat(guest.path("deposit_claims").get(0).path("granted").asLong()).isEqualTo(12_000);
        assertThat(guest.path("order_changes")).hasSize(1);
        assertThat(guest.path("order_changes").get(0).path("asked_by").asString())
                .isEqualTo("HOST");
        assertThat(guest.path("order_changes").get(0).path("adults").asInt()).isEqualTo(2);
        assertThat(guest.path("occupants").get(0).path("name").asString()).isEqualTo("林同住");
        assertThat(guest.path("occupants").get(0).path("id_number").asString()).isEqualTo("E*******8");
        assertThat(guest.path("notices").isEmpty()).isFalse();
        assertThat(guest.path("sessions")).hasSize(1);
        assertThat(guest.path("identity_access")
                        .valueStream()
                        .map(row -> row.path("what").asString()))
                .contains("VERIFIED", "EXPORTED");
        assertThat(reply.text()).doesNotContain(mobileOf(market.host)).doesNotContain("房东老周");

        Reply hosts = market.host.get("/user/export").expect("0");
        assertThat(hosts.data().path("houses")).hasSize(1);
        assertThat(hosts.data().path("orders_as_host")).hasSize(1);
        assertThat(hosts.data().path("income")).hasSize(2);
        assertThat(hosts.data().path("guest_reviews").get(0).path("role").asString())
                .isEqualTo("landlord");
        assertThat(hosts.data().path("reports")).isEmpty();
        assertThat(hosts.data().path("deposit_claims").get(0).path("role").asString())
                .isEqualTo("landlord");
        assertThat(hosts.data().path("order_changes").get(0).path("role").asString())
                .isEqualTo("landlord");
        assertThat(hosts.text())
                .doesNotContain(mobileOf(market.guest))
                .doesNotContain("房客小林")
                .doesNotContain("林导出")
                .doesNotContain("林同住")
                .doesNotContain("11010519");
    }

    @Test
    void isLimitedToFiveADay() {
        ApiClient client = market.server.registered();
        for (int i = 0; i < 5; i++) {
            client.get("/user/export").expect("0");
        }
        assertThat(client.get("/user/export").expect("4201").header("Retry-After"))
                .isNotEmpty();
        market.server.registered().get("/user/export").expect("0");
    }

    @Test
    void saysWhenAListWasCutOff() {
        ApiClient client = market.server.registered();
        long id = client.get("/user").data().path("user_id").asLong();
        market.server.sql("""
                insert into identity_access (at, who, account_id, what)
                select now(), 'owner', %d, 'READ' from generate_series(1, %d)
                """.formatted(id, ExportAccount.MOST + 1));
        JsonNode export = client.get("/user/export").expect("0").data();
        assertThat(export.path("complete").asBoolean()).isFalse();
        assertThat(export.path("identity_access")).hasSize(ExportAccount.MOST);
    }

    @Test
    void aBrokenStoreIsDberr() {
        ApiClient client = market.server.registered();
        market.server.without("favourite", () -> client.get("/user/export").expect("4001", "导出数据失败"));
        client.get("/user/export").expect("0");
    }
}
