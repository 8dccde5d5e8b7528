package ihome.occupant;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.booking.OrderPayments;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who sleeps in the house: named by the guest, read by nobody else, gone in time. */
class OccupantTest {
    private static final String NUMBER = "510107198812034713";
    private static final Map<String, Object> ONE =
            Map.of("name", "欧阳小明", "id_type", "id_card", "id_number", NUMBER, "mobile", "13800138000");
    private static final Map<String, Object> TWO =
            Map.of("name", "Anne-Marie O'Neil", "id_type", "passport", "id_number", "x1234567");

    private static Market market;
    private long house;

    @BeforeAll
    static void start() {
        market = new Market(
                Map.of("IHOME_OCCUPANTS", "required", "IHOME_OCCUPANTS_DAYS", "3", "IHOME_SESSION_DAYS", "365"));
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    @BeforeEach
    void today() {
        market.server.setTime(TestServer.START);
        house = market.house(Map.of("instant_booking", true, "door", "3 单元 502", "arrival_guide", "密码 2468"));
    }

    /** A paid order of one night for two adults and an infant. */
    private long paid(int day) {
        LocalDate night = Market.TODAY.plusDays(day);
        long order = Market.order(market.guest.post(
                "/orders",
                Json.text(Map.of(
                        "house_id",
                        house,
                        "start_date",
                        night.toString(),
                        "end_date",
                        night.plusDays(1).toString(),
                        "guests",
                        Map.of("adults", 1, "children", 1, "infants", 1)))));
        assertThat(market.pay(order, "occupied-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        return order;
    }

    private static Reply give(ApiClient who, long order, List<Map<String, Object>> occupants) {
        return who.put("/orders/" + order + "/occupants", Json.text(Map.of("occupants", occupants)));
    }

    @Test
    void theGuestNamesAllAndSeesThemMasked() {
        long order = paid(1);
        JsonNode before = market.shown(order);
        assertThat(before.path("arrival").isNull()).as("withheld").isTrue();
        assertThat(before.path("occupants").toString())
                .isEqualTo("{\"required\":true,\"needed\":2,\"given\":0,\"complete\":false}");
        JsonNode given =
                give(market.guest, order, List.of(ONE, TWO)).expect("0").data();
        String masked = "{\"needed\":2,\"complete\":true,\"occupants\":["
                + "{\"name\":\"欧***\",\"id_type\":\"id_card\",\"id_number\":\"510***********4713\","
                + "\"mobile\":\"138****8000\"},"
                + "{\"name\":\"A***********\",\"id_type\":\"passport\",\"id_number\":\"X******7\",\"mobile\":null}]}";
        assertThat(given.toString()).isEqualTo(masked);
        assertThat(market.guest
                        .get("/orders/" + order + "/occupants")
                        .expect("0")
                        .data()
                        .toString())
                .isEqualTo(masked);
        assertThat(market.shown(order).path("arrival").path("door").asString()).isEqualTo("3 单元 502");
        assertThat(market.host
                        .get("/orders/" + order)
                        .expect("0")
                        .data()
                        .path("occupants")
                        .path("complete")
                        .asBoolean())
                .isTrue();
        for (ApiClient other : List.of(market.host, market.server.registered())) {
            other.get("/orders/" + order + "/occupants").expect("4201");
            give(other, order, List.of(ONE, TWO)).expect("4201");
        }
        assertThat(market.server.texts("select o::text from occupant o where order_id = " + order))
                .hasSize(2)
                .noneMatch(row -> row.contains("欧阳") || row.contains(NUMBER) || row.contains("13800138000"));
        assertThat(market.server.texts("select what from identity_access where what like 'OCCUPANTS%' order by id"))
                .contains("OCCUPANTS_GIVEN", "OCCUPANTS_READ");
        // One guest more: not all are named any longer.
        market.server.sql("update orders set adults = 2 where id = " + order);
        assertThat(market.shown(order).path("arrival").isNull()).isTrue();
    }

    @Test
    void whatIsWrongIsNamedAndNothingIsKept() {
        long order = paid(3);
        give(market.guest, order, List.of(ONE)).expectBadField("occupants", "入住人应为 2 到 3 位");
        give(market.guest, order, List.of(ONE, ONE, ONE, ONE)).expectBadField("occupants");
        give(market.guest, order, List.of()).expectBadField("occupants");
        market.guest.put("/orders/" + order + "/occupants", "{}").expectBadField("occupants", "请填写入住人");
        for (Map.Entry<String, Object> wrong : List.of(
                Map.entry("id_number", (Object) "510107198812034710"),
                Map.entry("id_number", (Object) ""),
                Map.entry("id_type", (Object) "library_card"),
                Map.entry("name", (Object) "=1+1"),
                Map.entry("name", (Object) ""),
                Map.entry("name", (Object) "长".repeat(65)),
                Map.entry("mobile", (Object) "打电话"))) {
            Map<String, Object> one = new HashMap<>(ONE);
            one.put(wrong.getKey(), wrong.getValue());
            give(market.guest, order, List.of(TWO, one)).expectBadField("occupants[1]." + wrong.getKey());
        }
        assertThat(market.server.rows("occupant where order_id = " + order)).isZero();
    }

    /** A late payment makes an order of the clock's a paid one again. Protection: OccupantStore.sweep's look at ended_by. */
    @Test
    void thoseOfAnUnpaidOrderStayWhileItMayComeBack() {
        LocalDate night = Market.TODAY.plusDays(3);
        long order = Market.order(Market.book(market.guest, house, night, night.plusDays(1)));
        give(market.guest, order, List.of(ONE)).expect("0");
        market.server.advance(Duration.ofMinutes(31));
        market.settleDue();
        assertThat(market.writtenStatus(order)).isEqualTo("CANCELED");
        sweep(night);
        assertThat(market.pay(order, "late-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        assertThat(market.server.rows("occupant where order_id = " + order)).isEqualTo(1);
        market.server.sql("update orders set status = 'CANCELED', ended_by = 'CLOCK' where id = " + order);
        sweep(night);
        assertThat(market.server.rows("occupant where order_id = " + order)).isEqualTo(1);
        sweep(night.plusDays(1));
        assertThat(market.server.rows("occupant where order_id = " + order)).isZero();
    }

    private static void sweep(LocalDate today) {
        var _ = market.server.database().inTransaction(tx -> new OccupantStore().sweep(tx, today.minusDays(3), today));
    }

    /** Each naming is a transaction with ciphers and an entry of the audit. Protection: the limit in Occupants.give. */
    @Test
    void whoNamesTooOftenWaits() {
        try (Market few = new Market(Map.of("IHOME_LIMIT_OCCUPANTS_PER_ACCOUNT_DAY", "2"))) {
            long order = few.booked(few.instantHouse(), 3, 4);
            give(few.guest, order, List.of(ONE)).expect("0");
            give(few.guest, order, List.of(ONE, TWO)).expectBadField("occupants");
            assertThat(give(few.guest, order, List.of(ONE)).expect("4201").message())
                    .startsWith("请求过于频繁");
            give(few.host, order, List.of(ONE)).expect("4201", "订单不存在或当前状态不允许此操作");
        }
    }

    @Test
    void theyAreNamedAnewUntilTheStayIsOverAndGoneSomeDaysAfterIt() {
        long order = paid(5);
        give(market.guest, order, List.of(ONE, TWO)).expect("0");
        give(market.guest, order, List.of(TWO, ONE, TWO)).expect("0");
        assertThat(market.server.rows("occupant where order_id = " + order)).isEqualTo(3);
        long canceled = paid(7);
        give(market.guest, canceled, List.of(ONE, TWO)).expect("0");
        Market.act(market.guest, canceled, "cancel").expect("0");
        give(market.guest, canceled, List.of(ONE, TWO)).expect("4201");
        market.server.setTime(TestServer.START.plus(Duration.ofDays(6)));
        market.settleDue();
        give(market.guest, order, List.of(ONE, TWO)).expect("4201");
        market.server.advance(Duration.ofDays(3));
        assertThat(market.guest
                        .get("/orders/" + order + "/occupants")
                        .expect("0")
                        .data()
                        .path("occupants"))
                .hasSize(3);
        market.server.advance(Duration.ofDays(1));
        Await.until("they are gone", () -> {
            sweep(LocalDate.ofInstant(market.server.clock().instant(), ZoneId.of("Asia/Shanghai")));
            return market.server.rows("occupant where order_id in (" + order + ", " + canceled + ")") == 0;
        });
    }
}
