package ihome.payment;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.ledger.LedgerAccount;
import ihome.ledger.LedgerCheck;
import ihome.platform.json.Json;
import ihome.platform.money.Money;
import ihome.testing.Await;
import ihome.testing.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random actions of guest, host, clock and a provider that loses, delays, repeats and refuses. The model is one of money:
 * whatever happened, at the end each payment that the provider has either pays its order or has gone back, and the books
 * say what the provider has.
 */
final class PaymentModelTest {
    private static final int STEPS = 400;
    private static final int NIGHTS = 8;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final AlipayService alipay = new AlipayService();
    private final Market market = new Market(alipay.environment());
    private final List<Long> orders = new ArrayList<>();
    private final Map<String, Long> trades = new HashMap<>();
    private final Set<String> paid = new HashSet<>();

    @Test
    void noMoneyIsLostOrKept() {
        System.out.println("PaymentModelTest: seed " + seed);
        try (alipay;
                market) {
            long instant = market.instantHouse();
            long asking = market.house();
            for (int step = 0; step < STEPS; step++) {
                step(random.nextInt(3) > 0 ? instant : asking);
            }
            alipay.losesAnswers(false);
            alipay.answers("alipay.trade.refund", null);
            market.server.advance(Duration.ofHours(2));
            Await.until(() -> {
                market.server.booking().dueOrders().run();
                market.server.payments().reconcile();
                market.server.payments().refund();
                return unsettled() == 0;
            });
            check();
        }
    }

    private int unsettled() {
        return market.server.number("select (select count(*) from payment p where state = 'OPEN')"
                + " + (select count(*) from refund where done_at is null)");
    }

    private void step(long house) {
        switch (random.nextInt(11)) {
            case 0, 1 -> place(house);
            case 2 -> act(random.nextInt(3) > 0 ? "accept" : "reject");
            case 3 -> act("cancel");
            case 4, 5 -> open();
            case 6 -> pay();
            case 7 -> notifies();
            case 8 -> comesBack();
            case 9 -> market.server.advance(Duration.ofMinutes(1 + random.nextInt(20)));
            default -> trouble();
        }
    }

    private void place(long house) {
        LocalDate night = Market.TODAY.plusDays(10 + random.nextInt(NIGHTS));
        Reply reply = Market.book(market.guest, house, night, night.plusDays(1));
        if (reply.errno().equals("0")) {
            orders.add(Market.order(reply));
        }
    }

    private void act(String action) {
        if (!orders.isEmpty()) {
            Market.act(action.equals("cancel") ? market.guest : market.host, one(orders), action);
        }
    }

    /** The guest goes to pay; the provider's page is opened or not. */
    private void open() {
        if (orders.isEmpty()) {
            return;
        }
        long order = one(orders);
        Reply reply = market.guest.post("/orders/" + order + "/payment", "");
        if (reply.errno().equals("0") && random.nextInt(5) > 0) {
            trades.put(alipay.opens(reply.data().path("pay_url").asString()), order);
        }
    }

    private void pay() {
        if (!trades.isEmpty()) {
            String trade = one(trades.keySet());
            if (alipay.pay(trade)) {
                paid.add(trade);
            }
        }
    }

    /** Of any trade, however often; what is lost is lost. */
    private void notifies() {
        if (!trades.isEmpty()) {
            String trade = one(trades.keySet());
            String body = SignedFields.encode(alipay.notification(trade));
            Reply reply = market.server
                    .client()
                    .send("POST", "/payment", "application/x-www-form-urlencoded", BodyPublishers.ofString(body));
            assertThat(reply.text()).as("seed %d", seed).isEqualTo("success");
        }
    }

    private void comesBack() {
        if (!trades.isEmpty()) {
            Reply reply =
                    market.server.client().put("/order/payment", Json.text(alipay.returning(one(trades.keySet()))));
            assertThat(reply.errno()).as("seed %d", seed).isIn("0", "4004", "4301");
        }
    }

    private void trouble() {
        alipay.losesAnswers(random.nextInt(3) == 0);
        alipay.answers(
                "alipay.trade.refund",
                random.nextInt(3) == 0 ? AlipayService.failed("ACQ.SELLER_BALANCE_NOT_ENOUGH", "商户余额不足") : null);
    }

    private <T> T one(Collection<T> all) {
        return all.stream()
                .sorted()
                .skip(random.nextInt(all.size()))
                .findFirst()
                .orElseThrow();
    }

    private void check() {
        long held = 0;
        for (String trade : paid) {
            long order = trades.getOrDefault(trade, 0L);
            AlipayService.Entry entry = alipay.trade(trade);
            long taken = fen(entry.amount);
            long back = entry.refunds.values().stream()
                    .mapToLong(PaymentModelTest::fen)
                    .sum();
            held += taken - back;
            String status = market.status(order);
            boolean stands = market.server
                    .text("select payment from orders where id = " + order)
                    .equals(entry.number);
            assertThat(back)
                    .as("seed %d, order %d in %s, trade %s", seed, order, status, trade)
                    .isEqualTo(stands && status.equals("PAID") ? 0 : taken);
        }
        assertThat(market.server.number("select count(*) from payment where state = 'PAID'"))
                .as("seed %d", seed)
                .isEqualTo(paid.size());
        LedgerCheck.Report report = LedgerCheck.run(market.server.database());
        assertThat(report.findings()).as("seed %d", seed).isEmpty();
        assertThat(report.balances().getOrDefault(LedgerAccount.PROVIDER, 0L))
                .as("seed %d", seed)
                .isEqualTo(held);
        assertThat(market.server.number("select count(*) from orders where status = 'PAID' and payment is null"))
                .as("seed %d", seed)
                .isZero();
    }

    private static long fen(String yuan) {
        return Money.parseYuan(yuan).orElseThrow().fen();
    }
}
