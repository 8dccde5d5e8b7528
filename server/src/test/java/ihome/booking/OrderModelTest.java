package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ApiClient;
import ihome.Reply;
import ihome.ledger.LedgerCheck;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random actions of guest, host, clock and provider against a model of a few lines. It shares no code with the server:
 * the contract's rules are written down here once more.
 */
final class OrderModelTest {
    private static final int STEPS = 400;
    private static final int NIGHTS = 12;

    /** What an order should be like. */
    private static final class Expected {
        final long id;
        final int night;
        String status;
        long minutesLeft;
        boolean wasPayable;
        boolean expired;
        long changes = 1;

        Expected(long id, int night, boolean instant) {
            this.id = id;
            this.night = night;
            this.status = instant ? "WAIT_PAYMENT" : "WAIT_ACCEPT";
            this.minutesLeft = instant ? 30 : 24 * 60;
            this.wasPayable = instant;
        }

        void become(String next) {
            status = next;
            changes++;
        }

        boolean occupies() {
            return !status.equals("CANCELED") && !status.equals("REJECTED");
        }
    }

    private final Market market = new Market();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final List<Expected> orders = new ArrayList<>();
    private final LocalDate first = Market.TODAY.plusDays(2);
    private long payments;

    @Test
    void theServerDoesWhatTheModelDoes() {
        System.out.println("OrderModelTest: seed " + seed);
        try (market) {
            long asking = market.house();
            long instant = market.instantHouse();
            for (int step = 0; step < STEPS; step++) {
                step(random.nextBoolean() ? asking : instant, instant);
            }
            for (Expected order : orders) {
                assertThat(market.status(order.id))
                        .as("seed %d, order %d", seed, order.id)
                        .isEqualTo(order.status);
                assertThat(market.writtenStatus(order.id)).isEqualTo(order.status);
                assertThat(market.shown(order.id).path("history").size())
                        .as("seed %d, order %d", seed, order.id)
                        .isEqualTo((int) order.changes);
            }
            assertThat(LedgerCheck.run(market.server.database()).findings())
                    .as("seed %d", seed)
                    .isEmpty();
            market.refundAll();
            assertThat(LedgerCheck.run(market.server.database()).findings())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    private void step(long house, long instant) {
        int what = random.nextInt(10);
        if (what <= 2 || orders.isEmpty()) {
            place(house, house == instant);
        } else if (what == 3) {
            pass(random.nextInt(4) == 0 ? 60 * (1 + random.nextInt(36)) : 1 + random.nextInt(25));
        } else {
            Expected order = orders.get(random.nextInt(orders.size()));
            switch (what) {
                case 4 -> act(market.host, order, "accept", order.status.equals("WAIT_ACCEPT") ? "WAIT_PAYMENT" : null);
                case 5 -> act(market.host, order, "reject", order.status.equals("WAIT_ACCEPT") ? "REJECTED" : null);
                case 6 -> act(market.guest, order, "cancel", cancellable(order) ? "CANCELED" : null);
                case 7 -> act(random.nextBoolean() ? market.guest : market.host, order, "accept-by-guest", null);
                case 8 -> pay(order);
                default -> comment(order);
            }
        }
    }

    private static boolean cancellable(Expected order) {
        return order.status.equals("WAIT_ACCEPT") || order.status.equals("WAIT_PAYMENT") || order.status.equals("PAID");
    }

    private void place(long house, boolean instant) {
        int night = random.nextInt(NIGHTS);
        LocalDate date = first.plusDays(night);
        Reply reply = Market.book(market.guest, house, date, date.plusDays(1));
        int key = instant ? night : night + NIGHTS;
        boolean taken = orders.stream().anyMatch(order -> order.night == key && order.occupies());
        String expected = date.isBefore(today()) ? "4103" : taken ? "4004" : "0";
        assertThat(reply.errno()).as("seed %d: %s", seed, reply.text()).isEqualTo(expected);
        if (expected.equals("0")) {
            orders.add(new Expected(Market.order(reply), key, instant));
        }
    }

    private void act(ApiClient who, Expected order, String action, @Nullable String next) {
        if (action.equals("accept-by-guest")) {
            Market.act(market.guest, order.id, random.nextBoolean() ? "accept" : "reject")
                    .expect("4201");
            return;
        }
        Reply reply = Market.act(who, order.id, action);
        assertThat(reply.errno())
                .as("seed %d: %s of %d in %s: %s", seed, action, order.id, order.status, reply.text())
                .isEqualTo(next == null ? "4201" : "0");
        if (next != null) {
            order.become(next);
            order.minutesLeft = 30;
            order.wasPayable |= next.equals("WAIT_PAYMENT");
        }
    }

    private void pay(Expected order) {
        boolean free =
                orders.stream().noneMatch(other -> other != order && other.night == order.night && other.occupies());
        boolean revived = order.status.equals("CANCELED")
                && order.expired
                && order.wasPayable
                && free
                && today().isBefore(end(order));
        boolean paid = order.status.equals("WAIT_PAYMENT") || revived;
        assertThat(market.pay(order.id, "model-" + ++payments))
                .as("seed %d: paying %d in %s", seed, order.id, order.status)
                .isEqualTo(paid ? OrderPayments.Outcome.PAID : OrderPayments.Outcome.GOES_BACK);
        if (paid) {
            order.become("PAID");
            order.expired = false;
        }
    }

    private void comment(Expected order) {
        Reply reply = market.guest.put("/orders/" + order.id + "/comment", "{\"comment\": \"很好\", \"stars\": 5}");
        boolean may = order.status.equals("WAIT_COMMENT");
        assertThat(reply.errno())
                .as("seed %d: comment in %s", seed, order.status)
                .isEqualTo(may ? "0" : "4201");
        if (may) {
            order.become("COMPLETE");
        }
    }

    private void pass(long minutes) {
        market.server.advance(Duration.ofMinutes(minutes));
        for (Expected order : orders) {
            if (order.status.equals("WAIT_ACCEPT") || order.status.equals("WAIT_PAYMENT")) {
                order.minutesLeft -= minutes;
                if (order.minutesLeft <= 0) {
                    order.become("CANCELED");
                    order.expired = true;
                }
            } else if (order.status.equals("PAID") && !today().isBefore(end(order))) {
                order.become("WAIT_COMMENT");
            }
        }
        market.settleDue();
    }

    private LocalDate end(Expected order) {
        return first.plusDays(order.night % NIGHTS + 1);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(market.server.clock().instant(), ZoneId.of("Asia/Shanghai"));
    }
}
