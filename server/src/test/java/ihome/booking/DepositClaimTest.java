package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.LedgerCheck;
import ihome.platform.json.Json;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import ihome.testing.ApiClient;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a host claims from a deposit: made, answered, met with silence, decided. 500 yuan of deposit throughout. */
class DepositClaimTest {
    private static final String REASON = "客厅的落地灯被打碎";

    private static Market market;
    private long house;
    private int day;

    @BeforeAll
    static void start() {
        market = new Market(Map.of("IHOME_SESSION_DAYS", "365"));
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    @BeforeEach
    void today() {
        market.server.setTime(TestServer.START);
        house = market.instantHouse();
        day = 1;
    }

    @AfterEach
    void theBooksAreSound() {
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
    }

    /** A paid night that is over: it is half past eleven on the day of departure. */
    private long stayed() {
        market.server.setTime(TestServer.START);
        long order = market.booked(house, day, day + 1);
        assertThat(market.pay(order, "claim-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        at(day + 1, 11, 30);
        day += 2;
        return order;
    }

    private static void at(int day, int hour, int minute) {
        LocalDate date = Market.TODAY.plusDays(day);
        market.server.setTime(
                date.atTime(hour, minute).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
    }

    private static void pass(Duration time) {
        market.server.advance(time);
        var _ = market.server.booking().runDueClaims();
    }

    static Reply claim(ApiClient who, long order, Object amount, String reason) {
        return who.post("/orders/" + order + "/claims", Json.text(Map.of("amount", amount, "reason", reason)));
    }

    static long claimed(Market market, long order, Object amount) {
        return claim(market.host, order, amount, REASON)
                .expect("0")
                .data()
                .path("claim_id")
                .asLong();
    }

    static Reply answer(ApiClient who, long order, long claim, String action, String text) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("action", action));
        if (!text.isEmpty()) {
            body.put("text", text);
        }
        return who.put("/orders/" + order + "/claims/" + claim, Json.text(body));
    }

    private static JsonNode shown(ApiClient who, long order) {
        return who.get("/orders/" + order).expect("0").data();
    }

    private static JsonNode claimOf(long order) {
        return market.shown(order).path("claims").get(0);
    }

    /** What the host has of the deposit, in fen, by the ledger. */
    private static long granted(long order) {
        return market.server.number("select coalesce(-sum(e.amount), 0)::int from ledger_entry e"
                + " join ledger_posting p on p.id = e.posting_id"
                + " where p.kind = 'DEPOSIT_CLAIMED' and e.kind = 'HOST' and p.order_id = " + order);
    }

    /** What goes back or went back of the deposit, in fen. */
    private static long back(long order) {
        return market.server.number(
                "select coalesce(sum(deposit), 0)::int from refund where why = 'STAY_ENDED' and order_id = " + order);
    }

    /** What an account was told of an order, the newest first, without what it is about. */
    private static List<String> told(ApiClient who, long order) {
        return who.get("/user/notices")
                .expect("0")
                .data()
                .path("notices")
                .valueStream()
                .filter(notice -> notice.path("order_id").asLong() == order)
                .map(notice -> notice.path("text").asString().replaceAll(".* 至 [0-9-]*：", ""))
                .toList();
    }

    @Test
    void whatTheGuestAcceptsIsTheHosts() {
        long order = stayed();
        assertThat(shown(market.host, order).path("deposit_return_time").asString())
                .isEqualTo(Market.TODAY.plusDays(5) + " 11:00:00");
        long claim = claimed(market, order, "120.50");
        for (ApiClient who : List.of(market.guest, market.host)) {
            JsonNode order1 = shown(who, order);
            assertThat(order1.path("deposit_return_time").isNull()).isTrue();
            assertThat(order1.path("claims")).hasSize(1);
            assertThat(order1.path("claims").get(0).toString())
                    .isEqualTo("{\"claim_id\":" + claim + ",\"amount\":12050,\"reason\":\"" + REASON
                            + "\",\"status\":\"WAIT_ANSWER\",\"ctime\":\"2026-06-03 11:30:00\","
                            + "\"answer_by\":\"2026-06-06 11:30:00\",\"answer\":\"\",\"granted\":null,"
                            + "\"closed_by\":null,\"close_time\":null,\"decision\":\"\"}");
        }
        assertThat(told(market.guest, order).getFirst()).isEqualTo("房东申请从押金中扣款，请在 72 小时内答复，不答复视为同意：¥120.50");
        pass(Duration.ofDays(1));
        answer(market.guest, order, claim, "accept", "是我打碎的").expect("0");

        JsonNode closed = claimOf(order);
        assertThat(closed.path("status").asString()).isEqualTo("ACCEPTED");
        assertThat(closed.path("granted").asLong()).isEqualTo(12_050);
        assertThat(closed.path("closed_by").asString()).isEqualTo("guest");
        assertThat(closed.path("close_time").asString()).isEqualTo("2026-06-04 11:30:00");
        assertThat(closed.path("answer").asString()).isEqualTo("是我打碎的");
        assertThat(closed.path("answer_by").isNull()).isTrue();
        assertThat(granted(order)).isEqualTo(12_050);
        assertThat(back(order)).isEqualTo(37_950);
        assertThat(told(market.host, order).getFirst()).isEqualTo("房客同意了押金扣款：¥120.50");
        answer(market.guest, order, claim, "dispute", "").expect("4201");
        Market.act(market.host, order, "release_deposit").expect("4201");
        assertThat(back(order)).as("nothing was done twice").isEqualTo(37_950);
    }

    @Test
    void thereMayBeNothingLeftToGoBack() {
        long order = stayed();
        answer(market.guest, order, claimed(market, order, 500), "accept", "").expect("0");
        assertThat(granted(order)).isEqualTo(50_000);
        assertThat(back(order)).isZero();
        assertThat(market.shown(order).path("refunds")).isEmpty();
        Market.act(market.host, order, "release_deposit").expect("4201");
    }

    /** Told when it is made, two days and twelve hours before its end. */
    @Test
    void silenceIsAcceptance() {
        long order = stayed();
        long claim = claimed(market, order, 99);
        pass(Duration.ofHours(24).minusSeconds(1));
        assertThat(told(market.guest, order)).hasSize(4);
        pass(Duration.ofSeconds(1));
        assertThat(told(market.guest, order).getFirst()).isEqualTo("房东的押金扣款申请还有两天到期，不答复视为同意：¥99");
        pass(Duration.ofHours(36));
        assertThat(told(market.guest, order).getFirst()).isEqualTo("房东的押金扣款申请还有 12 小时到期，不答复视为同意：¥99");
        pass(Duration.ofHours(12).minusSeconds(1));
        assertThat(claimOf(order).path("status").asString()).isEqualTo("WAIT_ANSWER");
        assertThat(granted(order)).isZero();
        pass(Duration.ofSeconds(1));
        assertThat(claimOf(order).path("status").asString()).isEqualTo("ACCEPTED");
        assertThat(claimOf(order).path("closed_by").asString()).isEqualTo("clock");
        assertThat(granted(order)).isEqualTo(9_900);
        assertThat(back(order)).isEqualTo(40_100);
        assertThat(told(market.guest, order).getFirst()).isEqualTo("你没有及时答复，押金扣款视为同意：¥99");
        assertThat(told(market.host, order).getFirst()).isEqualTo("房客没有及时答复，押金扣款视为同意：¥99");
        answer(market.guest, order, claim, "dispute", "").expect("4201");
    }

    /** Nobody could be reminded while the site was not running: then there is the time that each reminder names. */
    @Test
    void silenceCountsOnlyAfterBothReminders() {
        long order = stayed();
        long claim = claimed(market, order, 99);
        pass(Duration.ofDays(10));
        assertThat(claimOf(order).path("status").asString()).isEqualTo("WAIT_ANSWER");
        assertThat(claimOf(order).path("answer_by").asString()).isEqualTo("2026-06-15 11:30:00");
        assertThat(told(market.guest, order).getFirst()).startsWith("房东的押金扣款申请还有两天到期");
        pass(Duration.ofHours(47));
        assertThat(claimOf(order).path("answer_by").asString()).isEqualTo("2026-06-15 22:30:00");
        assertThat(told(market.guest, order).getFirst()).startsWith("房东的押金扣款申请还有 12 小时到期");
        pass(Duration.ofHours(11));
        answer(market.guest, order, claim, "dispute", "灯没有坏").expect("0");
        assertThat(granted(order)).isZero();
    }

    @Test
    void whatIsDisputedWaitsForAnOperator() {
        long order = stayed();
        long claim = claimed(market, order, 300);
        answer(market.guest, order, claim, "dispute", "入住时已经坏了").expect("0");
        assertThat(claimOf(order).path("status").asString()).isEqualTo("DISPUTED");
        assertThat(claimOf(order).path("answer_by").isNull()).isTrue();
        assertThat(told(market.host, order).getFirst()).isEqualTo("房客对押金扣款有异议，将由平台裁定：¥300");
        pass(Duration.ofDays(30));
        assertThat(claimOf(order).path("status").asString()).isEqualTo("DISPUTED");
        assertThat(granted(order)).isZero();
        answer(market.guest, order, claim, "accept", "").expect("4201");

        assertThat(decide(claim, 30_001)).as("more than is claimed").isFalse();
        assertThat(decide(claim, 10_000)).isTrue();
        assertThat(decide(claim, 0)).as("again").isFalse();
        JsonNode decided = claimOf(order);
        assertThat(decided.path("status").asString()).isEqualTo("DECIDED");
        assertThat(decided.path("closed_by").asString()).isEqualTo("operator");
        assertThat(decided.path("granted").asLong()).isEqualTo(10_000);
        assertThat(decided.path("answer").asString()).isEqualTo("入住时已经坏了");
        assertThat(decided.path("decision").asString()).isEqualTo("各承担一部分");
        assertThat(granted(order)).isEqualTo(10_000);
        assertThat(back(order)).isEqualTo(40_000);
        for (ApiClient who : List.of(market.guest, market.host)) {
            assertThat(told(who, order).getFirst()).isEqualTo("平台已裁定押金扣款金额：¥100");
        }
    }

    @Test
    void anOperatorMayGrantNothing() {
        long order = stayed();
        long claim = claimed(market, order, 300);
        assertThat(decide(claim, 0)).as("not disputed").isFalse();
        answer(market.guest, order, claim, "dispute", "").expect("0");
        assertThat(decide(claim, 0)).isTrue();
        assertThat(granted(order)).isZero();
        assertThat(back(order)).isEqualTo(50_000);
    }

    private static boolean decide(long claim, long fen) {
        ClaimDecisions decisions = new ClaimDecisions(market.server.booking().notices, time());
        return market.server
                .database()
                .inTransaction(tx -> decisions.decide(tx, claim, new Money(fen), "各承担一部分", "operator test"))
                .isPresent();
    }

    private static SiteTime time() {
        return new SiteTime(market.server.clock(), ZoneId.of("Asia/Shanghai"));
    }

    @Test
    void theHostWithdrawsByReleasingTheDeposit() {
        for (boolean disputed : new boolean[] {false, true}) {
            long order = stayed();
            long claim = claimed(market, order, 300);
            if (disputed) {
                answer(market.guest, order, claim, "dispute", "").expect("0");
            }
            Market.act(market.guest, order, "release_deposit").expect("4201");
            Market.act(market.host, order, "release_deposit").expect("0");
            assertThat(claimOf(order).path("status").asString()).isEqualTo("WITHDRAWN");
            assertThat(claimOf(order).path("closed_by").asString()).isEqualTo("host");
            assertThat(claimOf(order).path("granted").asLong()).isZero();
            answer(market.guest, order, claim, "accept", "").expect("4201");
            claim(market.host, order, 1, REASON).expect("4201");
            assertThat(decide(claim, 0)).isFalse();
            assertThat(back(order)).isEqualTo(50_000);
            assertThat(told(market.guest, order).getFirst()).isEqualTo("房东已退还押金，款项将原路退回");
        }
    }

    @Test
    void onlyTheHostOfAStayThatIsOverClaimsAndOnlyOnce() {
        long order = market.booked(house, 1, 2);
        day = 3;
        claim(market.host, order, 1, REASON).expect("4201");
        assertThat(market.pay(order, "claim-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        at(2, 10, 59);
        claim(market.host, order, 1, REASON).expect("4201");
        at(2, 11, 0);
        ApiClient stranger = market.server.registered();
        claim(stranger, order, 1, REASON).expect("4201");
        claim(market.guest, order, 1, REASON).expect("4201");
        claim(market.host, order, "500.01", REASON).expectBadField("amount", "金额不能超过押金 500");
        claim(market.host, order, 0, REASON).expectBadField("amount", "金额应在 0.01 到 1000000 之间");
        claim(market.host, order, 1, "").expectBadField("reason", "原因长度应为 1 到 1000 个字符");
        claim(market.host, order, 1, "长".repeat(1_001)).expectBadField("reason", "原因长度应为 1 到 1000 个字符");
        assertThat(market.server.rows("deposit_claim where order_id = " + order))
                .isZero();
        assertThat(shown(market.host, order).path("deposit_return_time").asString())
                .as("refused claims hold nothing")
                .isEqualTo("2026-06-06 11:00:00");

        long claim = claimed(market, order, 1);
        claim(market.host, order, 1, REASON).expect("4201");
        long other = stayed();
        for (ApiClient who : List.of(market.host, stranger)) {
            answer(who, order, claim, "accept", "").expect("4201");
        }
        answer(market.guest, other, claim, "accept", "").expect("4201");
        answer(market.guest, order, claim + 1_000, "accept", "").expect("4201");
        answer(market.guest, order, claim, "withdraw", "").expectBadField("action", "操作应为同意或提出异议");
        answer(market.guest, order, claim, "dispute", "长".repeat(1_001)).expectBadField("text", "说明长度应为 0 到 1000 个字符");
        assertThat(claimOf(order).path("status").asString()).isEqualTo("WAIT_ANSWER");
        stranger.get("/orders/" + order).expect("4201");
    }

    @Test
    void whatIsOnItsWayBackIsNotClaimed() {
        long order = stayed();
        pass(Duration.ofDays(3));
        claim(market.host, order, 1, REASON).expect("4201");
        long released = stayed();
        Market.act(market.host, released, "release_deposit").expect("0");
        claim(market.host, released, 1, REASON).expect("4201");
        house = market.house(Map.of("instant_booking", true, "deposit", 0));
        claim(market.host, stayed(), 1, REASON).expect("4201");
    }

    /** Protection: the site's jobs look at the claim, not at the time that the deposit would have gone back. */
    @Test
    void aClaimedDepositDoesNotGoBackByItself() {
        long order = stayed();
        claimed(market, order, 1);
        at(day + 20, 12, 0);
        List<OrderPayments.OpenRefund> due = market.server
                .database()
                .inTransaction(
                        tx -> new RefundStore().claim(tx, market.server.clock().instant(), 1_000));
        assertThat(due).extracting(OrderPayments.OpenRefund::order).doesNotContain(order);
    }

    /** The version before sends a deposit back when its host says so, whatever is claimed of it. */
    @Test
    void aDepositThatTheVersionBeforeReleasesIsNotGrantedAsWell() {
        for (String action : List.of("accept", "silence", "decide")) {
            long order = stayed();
            long claim = claimed(market, order, 300);
            if (action.equals("decide")) {
                answer(market.guest, order, claim, "dispute", "").expect("0");
            }
            market.server.sql("update refund set next_attempt = timestamptz '"
                    + market.server.clock().instant() + "' where why = 'STAY_ENDED' and order_id = " + order);
            switch (action) {
                case "accept" ->
                    answer(market.guest, order, claim, "accept", "").expect("0");
                case "decide" -> decide(claim, 10_000);
                default -> {
                    pass(Duration.ofDays(1));
                    pass(Duration.ofHours(36));
                    pass(Duration.ofHours(12));
                }
            }
            assertThat(claimOf(order).path("status").asString()).as(action).isEqualTo("WITHDRAWN");
            assertThat(granted(order)).as(action).isZero();
            assertThat(back(order)).as(action).isEqualTo(50_000);
        }
    }

    /** Paid to the host: the site holds no deposit. */
    @Test
    void nothingIsClaimedOfWhatIsPaidOnArrival() {
        try (Market onArrival = new Market(Map.of("IHOME_PAYMENT", "none"))) {
            long order = onArrival.booked(onArrival.instantHouse(), 1, 2);
            onArrival.server.advance(Duration.ofDays(2));
            assertThat(onArrival.status(order)).isEqualTo("WAIT_COMMENT");
            claim(onArrival.host, order, 1, REASON).expect("4201");
            assertThat(onArrival.shown(order).path("claims")).isEmpty();
        }
    }
}
