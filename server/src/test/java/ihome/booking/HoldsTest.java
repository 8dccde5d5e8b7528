package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.limits.Limit;
import ihome.platform.money.Money;
import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What one account may hold without paying, with the limits as they are by default. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HoldsTest {
    private static final List<Limit> LIMITS = List.of(
            Limit.ORDERS_OPEN_PER_ACCOUNT,
            Limit.ORDERS_OPEN_PER_ACCOUNT_AND_HOUSE,
            Limit.NIGHTS_HELD_PER_ACCOUNT,
            Limit.ORDERS_EXPIRED_PER_ACCOUNT_WEEK,
            Limit.ORDERS_PER_ACCOUNT_DAY);
    private static final int MANY = 50;

    private Market market;
    private TestServer otherNode;
    private final List<Long> houses = new ArrayList<>();
    private final List<Long> instant = new ArrayList<>();
    private ApiClient guest;

    @BeforeAll
    void start() {
        Map<String, String> defaults = new HashMap<>();
        LIMITS.forEach(limit -> defaults.put("IHOME_LIMIT_" + limit, Integer.toString(limit.defaultMax())));
        market = new Market(defaults);
        otherNode = market.server.anotherNode();
        for (int i = 0; i < MANY + 10; i++) {
            houses.add(market.house());
            instant.add(market.instantHouse());
        }
    }

    @AfterAll
    void close() {
        otherNode.close();
        market.close();
    }

    /** Each test has a guest and dates of its own; houses are shared. */
    @BeforeEach
    void newcomer() {
        market.server.setTime(TestServer.START);
        guest = market.server.registered();
        market.server.sql("update orders set status = 'CANCELED', ended_by = 'HOST', deadline = null "
                + "where status not in ('CANCELED', 'REJECTED')");
        market.server.sql("delete from night_claim");
    }

    private Reply book(ApiClient who, long house, int from, int nights) {
        return Market.book(who, house, Market.TODAY.plusDays(from), Market.TODAY.plusDays(from + nights));
    }

    /** What a client is told beside the sentence. */
    private static void assertReached(Reply refused, Limit limit, int openOrders) {
        assertThat(refused.data().path("limit").asString()).isEqualTo(limit.name());
        assertThat(refused.data().path("open_orders").asInt(-1)).isEqualTo(openOrders);
    }

    private static long wait(Reply refused) {
        return Long.parseLong(refused.header("Retry-After"));
    }

    @Test
    void theDefaultsAreTheContracts() {
        assertThat(LIMITS.stream().map(Limit::defaultMax)).containsExactly(5, 1, 60, 3, 50);
    }

    @Test
    void oneOpenOrderOfAHouse() {
        long order = Market.order(book(guest, houses.get(0), 1, 2));
        Reply refused = book(guest, houses.get(0), 10, 2).expect("4201", "您在这套房屋已有 1 个尚未付款的订单，请先付款或取消，再预订");
        assertThat(wait(refused)).isEqualTo(86_400);
        assertReached(refused, Limit.ORDERS_OPEN_PER_ACCOUNT_AND_HOUSE, 1);
        // Somebody else, and another house, are none of it.
        Market.order(book(market.guest, houses.get(0), 10, 2));
        Market.order(book(guest, houses.get(1), 10, 2));
        Market.act(guest, order, "cancel").expect("0");
        Market.order(book(guest, houses.get(0), 1, 2));
    }

    @Test
    void fiveOpenOrders() {
        List<Long> orders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            orders.add(Market.order(book(guest, houses.get(i), 1, 2)));
        }
        Reply sixth = book(guest, houses.get(5), 1, 2).expect("4201", "尚未付款的订单最多 5 个，请先付款或取消其中一个，再预订");
        assertReached(sixth, Limit.ORDERS_OPEN_PER_ACCOUNT, 5);
        // Accepted, it waits for the payment and is still open; its payment is due first.
        Market.act(market.host, orders.get(0), "accept").expect("0");
        assertThat(wait(book(guest, houses.get(5), 1, 2).expect("4201"))).isEqualTo(1800);
        market.pay(orders.get(0), new Money(127_600), "five-" + orders.get(0));
        Market.order(book(guest, houses.get(5), 1, 2));
        book(guest, houses.get(6), 1, 2).expect("4201");
        Market.act(market.host, orders.get(1), "reject").expect("0");
        Market.order(book(guest, houses.get(6), 1, 2));
    }

    @Test
    void whatHasExpiredIsNotOpenBeforeAnyJobHasSeenIt() {
        long order = Market.order(book(guest, instant.get(0), 1, 2));
        book(guest, instant.get(0), 20, 2).expect("4201");
        market.server.advance(Duration.ofMinutes(30));
        Market.order(book(guest, instant.get(0), 20, 2));
        assertThat(market.server.text("select status from orders where id = " + order))
                .isIn("WAIT_PAYMENT", "CANCELED");
    }

    @Test
    void sixtyNightsTogether() {
        Reply alone = book(guest, houses.get(0), 1, 61).expect("4201", "一次最多预订 60 晚，更长的住宿请分段预订，付款后再预订下一段");
        assertThat(alone.header("Retry-After")).isEmpty();
        assertReached(alone, Limit.NIGHTS_HELD_PER_ACCOUNT, 0);
        Market.order(book(guest, houses.get(0), 1, 31));
        Reply refused = book(guest, houses.get(1), 1, 30).expect("4201", "尚未付款的订单合计最多 60 晚，请先付款或取消其中一个，再预订");
        assertThat(wait(refused)).isEqualTo(86_400);
        assertReached(refused, Limit.NIGHTS_HELD_PER_ACCOUNT, 1);
        Market.order(book(guest, houses.get(1), 1, 29));
    }

    @Test
    void threeThatExpiredUnpaid() {
        for (int i = 0; i < 3; i++) {
            Market.order(book(guest, instant.get(i), 5, 2));
            market.server.advance(Duration.ofMinutes(31));
            if (i != 1) {
                // One of them nobody has written down yet: it counts like the others.
                market.server.booking().dueOrders().run();
            }
        }
        Reply refused = book(guest, instant.get(4), 5, 2).expect("4201", "最近 7 天内有 3 个订单逾期未付款，请在 24 小时后再预订");
        assertThat(wait(refused)).isEqualTo(86_400 - 60);
        assertReached(refused, Limit.ORDERS_EXPIRED_PER_ACCOUNT_WEEK, 0);
        market.server.advance(Duration.ofHours(24).minusSeconds(61));
        assertThat(wait(book(guest, instant.get(4), 5, 2).expect("4201"))).isEqualTo(1);
        market.server.advance(Duration.ofSeconds(1));
        Market.order(book(guest, instant.get(4), 5, 2));
        // A fourth one begins the day anew.
        market.server.advance(Duration.ofMinutes(31));
        book(guest, instant.get(5), 5, 2).expect("4201");
        market.server.advance(Duration.ofDays(1));
        Market.order(book(guest, instant.get(5), 5, 2));
    }

    @Test
    void whatTheHostLeftUnansweredOrTheGuestCancelledIsNotHeldAgainstTheGuest() {
        for (int i = 0; i < 4; i++) {
            Market.order(book(guest, houses.get(i), 3, 2));
            Market.act(guest, Market.order(book(guest, instant.get(i), 3, 2)), "cancel")
                    .expect("0");
        }
        market.server.advance(Duration.ofHours(25));
        market.server.booking().dueOrders().run();
        Market.order(book(guest, houses.get(5), 3, 2));
    }

    @Test
    void aLatePaymentThatRevivesAnOrderTakesItsExpiryBack() {
        long order = 0;
        for (int i = 0; i < 3; i++) {
            order = Market.order(book(guest, instant.get(i), 5, 1));
            market.server.advance(Duration.ofMinutes(31));
            market.server.booking().dueOrders().run();
        }
        book(guest, instant.get(4), 5, 1).expect("4201");
        assertThat(market.pay(order, new Money(88_800), "revived-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        Market.order(book(guest, instant.get(4), 5, 1));
    }

    @Test
    void fiftyOrdersADayAlsoWhenTheyAreCancelled() {
        for (int i = 0; i < 50; i++) {
            Market.act(guest, Market.order(book(guest, houses.get(0), 1, 1)), "cancel")
                    .expect("0");
            market.server.advance(Duration.ofMinutes(1));
        }
        Reply refused = book(guest, houses.get(0), 1, 1).expect("4201", "24 小时内最多提交 50 个订单，请在 24 小时后再预订");
        assertThat(wait(refused)).isEqualTo(86_400 - 50 * 60);
        assertReached(refused, Limit.ORDERS_PER_ACCOUNT_DAY, 0);
        market.server.advance(Duration.ofHours(24).minusMinutes(50));
        Market.order(book(guest, houses.get(0), 1, 1));
    }

    /** Protection: the lock in HoldStore. Over two nodes, and each request with a key of its own. */
    @Test
    void fiftyAtOnceAreFive() {
        List<Reply> replies = AtOnce.run(MANY, i -> {
            ApiClient client = (i % 2 == 0 ? market.server : otherNode).client().session(guest.session());
            return book(i % 3 == 0 ? client.with("Idempotency-Key", "at-once-" + i) : client, houses.get(i), 1, 2);
        });
        assertThat(AtOnce.count(replies, "0")).isEqualTo(5);
        assertThat(AtOnce.count(replies, "4201")).isEqualTo(MANY - 5);
        assertThat(market.server.number("select count(*) from night_claim")).isEqualTo(10);
    }

    /** Protection: the lock in HoldStore. */
    @Test
    void fiftyOfOneHouseAtOnceAreOne() {
        List<Reply> replies = AtOnce.run(
                MANY,
                i -> book(
                        (i % 2 == 0 ? market.server : otherNode).client().session(guest.session()),
                        houses.get(0),
                        1 + 2 * i,
                        1));
        assertThat(AtOnce.count(replies, "0")).isEqualTo(1);
        assertThat(AtOnce.count(replies, "4201")).isEqualTo(MANY - 1);
    }

    /** A key whose order is there answers it, however much is held by now; a refused request leaves no key. */
    @Test
    void keysAnswerAsBefore() {
        ApiClient once = guest.with("Idempotency-Key", "held");
        long order = Market.order(book(once, houses.get(0), 1, 2));
        assertThat(Market.order(book(once, houses.get(0), 1, 2))).isEqualTo(order);
        ApiClient other = guest.with("Idempotency-Key", "refused");
        book(other, houses.get(0), 5, 2).expect("4201");
        Market.act(guest, order, "cancel").expect("0");
        assertThat(Market.order(book(other, houses.get(0), 5, 2))).isNotEqualTo(order);
    }
}
