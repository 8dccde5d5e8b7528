package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How much waits for somebody, and what guests may know of a host. */
final class WaitingTest {
    private Market market;

    @BeforeEach
    void open() {
        market = new Market();
    }

    @AfterEach
    void close() {
        market.close();
    }

    private static String waiting(ApiClient who, String query) {
        JsonNode data = who.get("/user/waiting" + query).expect("0").data();
        return data.path("requests").asInt() + " " + data.path("payments").asInt() + " "
                + data.path("notices").asInt();
    }

    @Test
    void requestsPaymentsAndNoticesAreCountedForTheSideTheyWaitFor() {
        long house = market.house();
        assertThat(waiting(market.host, "")).isEqualTo("0 0 0");
        long first = market.booked(house, 1, 2);
        market.booked(house, 3, 4);
        assertThat(waiting(market.host, "")).isEqualTo("2 0 2");
        assertThat(waiting(market.guest, "")).isEqualTo("0 0 2");
        Market.act(market.host, first, "accept").expect("0");
        assertThat(waiting(market.host, "")).isEqualTo("1 0 2");
        assertThat(waiting(market.guest, "")).isEqualTo("0 1 3");
        market.pay(first, "t-1");
        assertThat(waiting(market.guest, "")).isEqualTo("0 0 4");
        assertThat(waiting(market.server.registered(), "")).isEqualTo("0 0 0");
    }

    @Test
    void claimsOnDepositsWaitForTheGuest() {
        long order = market.booked(market.instantHouse(), 1, 2);
        market.pay(order, "t-1");
        market.server.advance(Duration.ofDays(2));
        String claims = "/orders/" + order + "/claims";
        long claim = market.host
                .post(claims, Json.text(Map.of("amount", 100, "reason", "台灯被打碎")))
                .expect("0")
                .data()
                .path("claim_id")
                .asLong();
        assertThat(claims(market.guest)).isEqualTo("1 0");
        assertThat(claims(market.host)).isEqualTo("0 1");
        assertThat(claims(market.server.registered())).isEqualTo("0 0");
        market.guest
                .put(claims + "/" + claim, Json.text(Map.of("action", "dispute")))
                .expect("0");
        assertThat(claims(market.guest)).isEqualTo("0 0");
        assertThat(claims(market.host)).as("a person decides").isEqualTo("0 0");
    }

    @Test
    void changesWaitForTheSideThatAnswersOrPays() {
        long order = market.booked(market.instantHouse(), 5, 7);
        market.pay(order, "t-1");
        long dearer = StayChangeTest.id(StayChangeTest.ask(market.guest, order, 5, 8));
        assertThat(changes(market.guest)).isEqualTo("0 0");
        assertThat(changes(market.host)).isEqualTo("0 1");
        assertThat(changes(market.server.registered())).isEqualTo("0 0");
        for (JsonNode listed : List.of(Market.listed(market.host, "landlord"), Market.listed(market.guest, "custom"))) {
            assertThat(listed.path("open_change").path("change_id").asLong()).isEqualTo(dearer);
            assertThat(listed.path("open_change").path("asked_by").asString()).isEqualTo("guest");
            assertThat(listed.path("open_change").path("status").asString()).isEqualTo("WAIT_ANSWER");
        }
        // Accepted: the guest has to pay, and nothing waits for the host.
        StayChangeTest.answer(market.host, order, dearer, "accept").expect("0");
        assertThat(changes(market.guest)).isEqualTo("1 0");
        assertThat(changes(market.host)).isEqualTo("0 0");
        assertThat(Market.listed(market.host, "landlord")
                        .path("open_change")
                        .path("status")
                        .asString())
                .isEqualTo("WAIT_PAYMENT");
        // Unpaid in time it has ended, also before the job has come.
        market.server.advance(Duration.ofMinutes(31));
        assertThat(changes(market.guest)).isEqualTo("0 0");
        assertThat(Market.listed(market.guest, "custom").path("open_change").isNull())
                .isTrue();
        market.settleDue();
        long cheaper = StayChangeTest.id(StayChangeTest.ask(market.host, order, 5, 6));
        assertThat(changes(market.guest)).isEqualTo("1 0");
        assertThat(changes(market.host)).isEqualTo("0 0");
        StayChangeTest.answer(market.guest, order, cheaper, "reject").expect("0");
        assertThat(changes(market.guest)).isEqualTo("0 0");
        assertThat(Market.listed(market.host, "landlord").path("open_change").isNull())
                .isTrue();
    }

    private static String changes(ApiClient who) {
        JsonNode data = who.get("/user/waiting").expect("0").data();
        return data.path("changes").asInt() + " " + data.path("host_changes").asInt();
    }

    private static String claims(ApiClient who) {
        JsonNode data = who.get("/user/waiting").expect("0").data();
        return data.path("claims").asInt() + " " + data.path("claims_made").asInt();
    }

    @Test
    void aRequestThatExpiredWaitsNoLongerAlsoBeforeTheJobHasCome() {
        market.booked(market.house(), 5, 6);
        market.booked(market.instantHouse(), 5, 6);
        assertThat(waiting(market.host, "")).startsWith("1 0 ");
        assertThat(waiting(market.guest, "")).startsWith("0 1 ");
        market.server.advance(Duration.ofDays(1).plusMinutes(1));
        assertThat(waiting(market.host, "")).startsWith("0 0 ");
        assertThat(waiting(market.guest, "")).startsWith("0 0 ");
    }

    @Test
    void noticesAreNewSinceTheOneThatWasReadOrForSevenDays() {
        long house = market.house();
        market.booked(house, 20, 21);
        long read = market.host
                .get("/user/notices?limit=1")
                .expect("0")
                .data()
                .path("notices")
                .path(0)
                .path("notice_id")
                .asLong();
        market.booked(house, 22, 23);
        assertThat(waiting(market.host, "?notices_after=" + read)).endsWith(" 1");
        assertThat(waiting(market.host, "?notices_after=" + Long.MAX_VALUE / 10))
                .endsWith(" 0");
        market.server.advance(Duration.ofDays(8));
        market.settleDue();
        market.server.database().withConnection(tx -> tx.execute("delete from notice where text like '%自动取消%'"));
        assertThat(waiting(market.host, "")).endsWith(" 0");
        assertThat(waiting(market.host, "?notices_after=0")).endsWith(" 2");
        for (String bad : new String[] {"-1", "x", "1e3", "9999999999999999999"}) {
            market.host.get("/user/waiting?notices_after=" + bad).expectBadField("notices_after", "已读通知应为通知的编号");
        }
        market.server.client().get("/user/waiting").expect("4101");
    }

    private JsonNode host(long house) {
        return market.server
                .client()
                .get("/houses/" + house + "/host")
                .expect("0")
                .data();
    }

    @Test
    void aHostIsVerifiedOrNotAndHasHousesAndADay() {
        long house = market.house();
        long down = market.house();
        market.host
                .put("/houses/" + down + "/published", "{\"published\": false}")
                .expect("0");
        assertThat(host(house).path("verified").asBoolean()).isFalse();
        assertThat(host(house).path("member_since").asString()).isEqualTo("2026-06-01");
        assertThat(host(house).path("houses").asInt()).isEqualTo(1);
        market.host
                .post("/user/auth", Json.text(Map.of("real_name", "张晓明", "id_card", "11010519491231002X")))
                .expect("0");
        assertThat(host(house).path("verified").asBoolean()).isTrue();
        assertThat(host(house).toString()).doesNotContain("张", "11010519");
        market.server.client().get("/houses/" + down + "/host").expect("4002", "房屋不存在");
        market.server.client().get("/houses/999999999/host").expect("4002");
        market.server.without(
                "order_history",
                () -> market.server.client().get("/houses/" + house + "/host").expect("4001", "查询房东信息失败"));
    }

    @Test
    void answersWithinIsTheMedianOfRealAnswersAndSaysNothingBelowThree() {
        long house = market.house();
        answered(house, 10, Duration.ofMinutes(10));
        answered(house, 12, Duration.ofMinutes(50));
        assertThat(host(house).path("answers_within").isNull()).isTrue();
        // Instant bookings and what its guest took back are no answers of the host's.
        market.booked(market.instantHouse(), 40, 41);
        Market.act(market.guest, market.booked(house, 14, 15), "cancel").expect("0");
        assertThat(host(house).path("answers_within").isNull()).isTrue();
        answered(house, 16, Duration.ofMinutes(20).plusSeconds(1));
        assertThat(host(house).path("answers_within").asInt()).isEqualTo(21);
        // Two that nobody answered: they count with the day that they waited.
        for (int day : new int[] {18, 20}) {
            market.booked(house, day, day + 1);
            market.server.advance(Duration.ofDays(1));
            market.settleDue();
        }
        assertThat(host(house).path("answers_within").asInt()).isBetween(50, 51);
    }

    private void answered(long house, int night, Duration after) {
        long order = market.booked(house, night, night + 1);
        market.server.advance(after);
        Market.act(market.host, order, night % 4 == 0 ? "accept" : "reject").expect("0");
        if (night % 4 == 0) {
            // An unpaid order of the same house is the only one that may wait.
            market.pay(order, "t-" + order);
        }
    }
}
