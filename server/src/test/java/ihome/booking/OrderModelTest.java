package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.LedgerCheck;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Random actions of guest, host, clock and provider against a model of a few lines. It shares no code with the server:
 * the contract's rules are written down here once more.
 */
final class OrderModelTest {
    private static final int STEPS = 500;
    private static final int NIGHTS = 12;
    private static final long PRICE = 38_800;

    /** Nights of the house that asks are counted from here on, those of the other from 0. */
    private static final int ASKING = 1_000;

    /** What an order should be like. */
    private static final class Expected {
        final long id;
        final int placedNight;
        final LocalDate placedArrival;
        final Instant placed;
        int night;
        int nights = 1;
        LocalDate arrival;
        String status;
        Instant until;
        boolean wasPayable;
        boolean expired;
        long changes = 1;
        final Deposit deposit = new Deposit();
        Change change = new Change();
        /** Fen of lodging that have to have gone back, but for payments that the order could not use. */
        long back;

        Expected(long id, int night, LocalDate arrival, boolean instant, Instant now) {
            this.id = id;
            this.placedNight = night;
            this.placedArrival = arrival;
            this.night = night;
            this.arrival = arrival;
            this.placed = now;
            this.status = instant ? "WAIT_PAYMENT" : "WAIT_ACCEPT";
            this.until = until(now, instant ? 30 : 24 * 60);
            this.wasPayable = instant;
        }

        Instant until(Instant now, long usualMinutes) {
            return until(now, usualMinutes, arrival);
        }

        /** As long as usual, or until two hours before the arrival at 15:00, and half an hour at least. */
        static Instant until(Instant now, long usualMinutes, LocalDate arrival) {
            Instant usual = now.plus(usualMinutes, ChronoUnit.MINUTES);
            Instant cap = at(arrival, 13, 0);
            Instant least = now.plus(30, ChronoUnit.MINUTES);
            Instant due = usual.isBefore(cap) ? usual : cap;
            return due.isBefore(least) ? least : due;
        }

        void become(String next) {
            status = next;
            changes++;
        }

        /** Whether it keeps others out of a night: by itself, or by a change that was accepted and is not paid. */
        boolean occupies(int of) {
            return has(of) || (change.status.equals("WAIT_PAYMENT") && change.wants(of));
        }

        boolean has(int of) {
            return !status.equals("CANCELED") && !status.equals("REJECTED") && of >= night && of < night + nights;
        }

        boolean hasBegun(Instant now) {
            return !now.isBefore(at(arrival, 15, 0));
        }

        Instant departure() {
            return at(arrival.plusDays(nights), 11, 0);
        }

        /** Of the lodging or a part of it, by the flexible policy. */
        long policy(long fen, LocalDate today) {
            long days = ChronoUnit.DAYS.between(today, arrival);
            return days >= 1 ? fen : days == 0 ? fen / 2 : 0;
        }

        /** The end of a paid order, with what goes back of its lodging. */
        void end(long fen) {
            if (status.equals("PAID")) {
                back += fen;
                if (change.isOpen()) {
                    change.status = "ENDED";
                }
            }
        }

        void done(LocalDate today) {
            if (change.difference < 0) {
                back += policy(-change.difference, today);
            }
            arrival = arrival.plusDays(change.night - night);
            night = change.night;
            nights = change.nights;
            change.status = "DONE";
        }
    }

    /** What either side has asked for last. */
    private static final class Change {
        String status = "";
        long id;
        boolean byGuest;
        int night;
        int nights;
        long difference;
        Instant due = Instant.MIN;

        boolean isOpen() {
            return status.equals("WAIT_ANSWER") || status.equals("WAIT_PAYMENT");
        }

        boolean wants(int of) {
            return of >= night && of < night + nights;
        }
    }

    /** Where an order's deposit of 500 yuan should be; {@code claim} is empty until the host claims. */
    private static final class Deposit {
        /** Until when it waits; null before the end of the stay, while it is claimed, and once it is on its way. */
        @Nullable
        Instant waits;

        String claim = "";
        long id;
        long amount;
        long granted;
        Instant answerBy = Instant.MIN;
        int reminders;

        boolean isOpen() {
            return claim.equals("WAIT_ANSWER") || claim.equals("DISPUTED");
        }

        void close(String end, long fen) {
            claim = end;
            granted = fen;
        }

        /** Reminded two days and twelve hours before the end, which is never nearer than that afterwards. */
        void pass(Instant now) {
            Instant until = waits;
            if (until != null && !now.isBefore(until)) {
                waits = null;
            }
            while (claim.equals("WAIT_ANSWER")) {
                long hours = reminders == 0 ? 48 : reminders == 1 ? 12 : 0;
                if (now.isBefore(answerBy.minus(hours, ChronoUnit.HOURS))) {
                    return;
                }
                if (reminders == 2) {
                    close("ACCEPTED", amount);
                    return;
                }
                reminders++;
                Instant least = now.plus(hours, ChronoUnit.HOURS);
                answerBy = answerBy.isBefore(least) ? least : answerBy;
            }
        }
    }

    private final Market market = new Market();
    private final long seed = Long.getLong("ihome.test.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final List<Expected> orders = new ArrayList<>();
    private final LocalDate first = Market.TODAY.plusDays(2);
    private final Map<Long, Supplier<Reply>> again = new HashMap<>();
    /** Nights that a host who cancelled has blocked, as {@link Expected#night} counts them. */
    private final Set<Integer> blocked = new HashSet<>();

    private long asking;
    private long instant;
    private long payments;
    private long keys;

    @Test
    void theServerDoesWhatTheModelDoes() {
        System.out.println("OrderModelTest: seed " + seed);
        try (market) {
            asking = market.house();
            instant = market.instantHouse();
            for (int step = 0; step < STEPS; step++) {
                step(random.nextBoolean() ? asking : instant);
            }
            market.settleDue();
            for (Expected order : orders) {
                assertThat(market.status(order.id))
                        .as("seed %d, order %d", seed, order.id)
                        .isEqualTo(order.status);
                assertThat(market.writtenStatus(order.id)).isEqualTo(order.status);
                assertThat(market.shown(order.id).path("history").size())
                        .as("seed %d, order %d", seed, order.id)
                        .isEqualTo((int) order.changes);
            }
            depositsAreWhereTheyShouldBe();
            changesAreWhatTheyShouldBe();
            nobodyHasANightThatIsOver();
            assertThat(LedgerCheck.run(market.server.database()).findings())
                    .as("seed %d", seed)
                    .isEmpty();
            orders.stream().filter(order -> order.deposit.isOpen()).forEach(this::release);
            market.refundAll();
            assertThat(LedgerCheck.run(market.server.database()).findings())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    private void step(long house) {
        int what = random.nextInt(25);
        if (what <= 2 || orders.isEmpty()) {
            place(house, house == instant);
        } else if (what == 3) {
            pass(random.nextInt(4) == 0 ? 60 * (1 + random.nextInt(36)) : 1 + random.nextInt(25));
        } else {
            Expected order = orders.get(random.nextInt(orders.size()));
            switch (what) {
                case 4 -> act(market.host, order, "accept", order.status.equals("WAIT_ACCEPT") ? "WAIT_PAYMENT" : null);
                case 5 -> act(market.host, order, "reject", order.status.equals("WAIT_ACCEPT") ? "REJECTED" : null);
                case 6 -> cancelAsGuest(order);
                case 7 -> act(random.nextBoolean() ? market.guest : market.host, order, "accept-by-guest", null);
                case 8 -> pay(order);
                case 10 -> writeAsTheVersionBefore(order);
                case 11 -> placeAgain(order);
                case 12 -> cancelAsHost(order);
                case 13 -> unblock();
                case 14 -> claim(order);
                case 15 -> answer(order);
                case 16 -> release(order);
                case 17 -> decide(order);
                case 18 -> noShow(order);
                case 19, 20 -> change(order);
                case 21, 22, 23 -> answerChange(order);
                case 24 -> payChange(order);
                default -> comment(order);
            }
        }
    }

    private void cancelAsGuest(Expected order) {
        boolean may = cancellable(order);
        if (may) {
            order.end(order.policy(order.nights * PRICE, today()));
        }
        act(market.guest, order, "cancel", may ? "CANCELED" : null);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now(), ZoneId.of("Asia/Shanghai"));
    }

    /** Whether anybody but one order has a night, or the host has blocked it. */
    private boolean taken(int night, Expected but) {
        return blocked.contains(night) || orders.stream().anyMatch(order -> order != but && order.occupies(night));
    }

    private boolean newNightsAreTaken(Expected order) {
        for (int night = order.change.night; night < order.change.night + order.change.nights; night++) {
            if (!order.has(night) && taken(night, order)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the dates of a change can be had by the calendar alone. */
    private boolean isPossible(Expected order, int night, int nights) {
        LocalDate arrival = order.arrival.plusDays(night - order.night);
        boolean otherArrival = night != order.night;
        if (otherArrival
                && (order.hasBegun(now()) || arrival.isBefore(today()) || !now().isBefore(at(arrival, 22, 0)))) {
            return false;
        }
        return !arrival.plusDays(nights).isBefore(today());
    }

    private Instant changeDue(Expected order, int night, long minutes) {
        if (order.hasBegun(now())) {
            Instant usual = now().plus(minutes, ChronoUnit.MINUTES);
            return usual.isBefore(order.departure()) ? usual : order.departure();
        }
        LocalDate arrival = order.arrival.plusDays(night - order.night);
        return Expected.until(now(), minutes, arrival.isBefore(order.arrival) ? arrival : order.arrival);
    }

    private void change(Expected order) {
        Change wanted = new Change();
        wanted.byGuest = random.nextBoolean();
        int house = order.night >= ASKING ? ASKING : 0;
        wanted.night = random.nextBoolean() ? order.night : house + random.nextInt(NIGHTS);
        wanted.nights = 1 + random.nextInt(3);
        wanted.difference = (wanted.nights - order.nights) * PRICE;
        LocalDate arrival = order.arrival.plusDays(wanted.night - order.night);
        Reply reply = StayChangeTest.ask(
                wanted.byGuest ? market.guest : market.host, order.id, arrival, arrival.plusDays(wanted.nights), null);
        Change before = order.change;
        boolean may = order.status.equals("PAID") && !before.isOpen();
        String expected = "4201";
        if (may) {
            boolean same = wanted.night == order.night && wanted.nights == order.nights;
            order.change = wanted;
            expected = same || !isPossible(order, wanted.night, wanted.nights)
                    ? "4103"
                    : newNightsAreTaken(order) ? "4004" : "0";
            order.change = before;
        }
        assertThat(reply.errno())
                .as("seed %d: change of %d in %s: %s", seed, order.id, order.status, reply.text())
                .isEqualTo(expected);
        if (expected.equals("0")) {
            assertThat(reply.data().path("difference").asLong()).isEqualTo(wanted.difference);
            wanted.id = reply.data().path("change_id").asLong();
            wanted.status = "WAIT_ANSWER";
            wanted.due = changeDue(order, wanted.night, 24 * 60);
            order.change = wanted;
        }
    }

    private void answerChange(Expected order) {
        Change change = order.change;
        boolean byGuest = random.nextInt(4) == 0 ? change.byGuest : !change.byGuest;
        String action = byGuest == change.byGuest && random.nextBoolean()
                ? "withdraw"
                : random.nextInt(4) == 0 ? "reject" : "accept";
        Reply reply = StayChangeTest.answer(byGuest ? market.guest : market.host, order.id, change.id, action);
        boolean asker = byGuest == change.byGuest;
        boolean may = action.equals("withdraw")
                ? change.status.equals("WAIT_PAYMENT") || (change.status.equals("WAIT_ANSWER") && asker)
                : change.status.equals("WAIT_ANSWER") && !asker;
        String expected = "4201";
        if (may) {
            expected = !action.equals("accept")
                    ? "0"
                    : !isPossible(order, change.night, change.nights)
                            ? "4103"
                            : newNightsAreTaken(order) ? "4004" : "0";
        }
        assertThat(reply.errno())
                .as("seed %d: %s of change %d in %s: %s", seed, action, change.id, change.status, reply.text())
                .isEqualTo(expected);
        if (expected.equals("0")) {
            switch (action) {
                case "withdraw" -> change.status = "WITHDRAWN";
                case "reject" -> change.status = "REJECTED";
                default -> {
                    if (change.difference > 0) {
                        change.status = "WAIT_PAYMENT";
                        change.due = changeDue(order, change.night, 30);
                    } else {
                        order.done(today());
                        stayMayBeOver(order);
                    }
                }
            }
        }
    }

    private void payChange(Expected order) {
        Change change = order.change;
        if (change.id == 0 || change.difference <= 0) {
            return;
        }
        boolean waits = change.status.equals("WAIT_PAYMENT");
        assertThat(StayChangeTest.pay(market, order.id, change.id, change.difference, "model-" + ++payments))
                .as("seed %d: paying change %d in %s", seed, change.id, change.status)
                .isEqualTo(waits ? OrderPayments.Outcome.PAID : OrderPayments.Outcome.GOES_BACK);
        if (waits) {
            order.done(today());
        }
    }

    private void changesAreWhatTheyShouldBe() {
        for (Expected order : orders) {
            JsonNode shown = market.shown(order.id);
            assertThat(shown.path("changes").path(0).path("status").asString(""))
                    .as("seed %d, order %d", seed, order.id)
                    .isEqualTo(order.change.status);
            assertThat(shown.path("amount").asLong())
                    .as("seed %d, order %d", seed, order.id)
                    .isEqualTo(order.nights * PRICE);
            assertThat(shown.path("start_date").asString()).isEqualTo(order.arrival.toString());
            assertThat(market.server.number("select coalesce(sum(lodging), 0)::int from refund where why = 'CANCELED'"
                            + " and order_id = " + order.id))
                    .as("seed %d, order %d: goes back", seed, order.id)
                    .isEqualTo((int) order.back);
        }
        List<Integer> nights = new ArrayList<>();
        for (int night = 0; night < ASKING + NIGHTS + 3; night++) {
            int of = night;
            if (orders.stream().anyMatch(order -> order.occupies(of))) {
                nights.add(night);
            }
        }
        assertThat(market.server.rows("night_claim where kind = 'ORDER'"))
                .as("seed %d", seed)
                .isEqualTo(nights.size());
    }

    private void cancelAsHost(Expected order) {
        boolean may = order.status.equals("WAIT_PAYMENT") || order.status.equals("PAID");
        if (may) {
            order.end(order.nights * PRICE);
        }
        act(market.host, order, "cancel", may ? "CANCELED" : null);
        for (int night = order.night; may && night < order.night + order.nights; night++) {
            blocked.add(night);
        }
    }

    private void noShow(Expected order) {
        boolean may = order.status.equals("PAID") && !now().isBefore(at(order.arrival, 23, 59));
        if (may) {
            order.end(order.nights * PRICE / 2);
        }
        act(market.host, order, "no_show", may ? "CANCELED" : null);
    }

    private void unblock() {
        LocalDate today = LocalDate.ofInstant(now(), ZoneId.of("Asia/Shanghai"));
        for (int night : List.copyOf(blocked)) {
            LocalDate date = first.plusDays(night % ASKING);
            if (!date.isBefore(today) && random.nextBoolean()) {
                String body =
                        "{\"action\": \"unblock\", \"start_date\": \"" + date + "\", \"end_date\": \"" + date + "\"}";
                market.host
                        .put("/houses/" + (night < ASKING ? instant : asking) + "/calendar", body)
                        .expect("0");
                blocked.remove(night);
            }
        }
    }

    private static boolean cancellable(Expected order) {
        return order.status.equals("WAIT_ACCEPT") || order.status.equals("WAIT_PAYMENT") || order.status.equals("PAID");
    }

    private void place(long house, boolean instantly) {
        int night = random.nextInt(NIGHTS);
        LocalDate date = first.plusDays(night);
        String idempotency = "model-" + ++keys;
        ApiClient keyed = market.server.client().session(market.guest.session()).with("Idempotency-Key", idempotency);
        Reply reply = Market.book(keyed, house, date, date.plusDays(1));
        int key = instantly ? night : night + ASKING;
        boolean taken = blocked.contains(key) || orders.stream().anyMatch(order -> order.occupies(key));
        boolean tooLate = instantly ? !now().isBefore(at(date, 22, 0)) : now().isAfter(at(date, 12, 30));
        String expected = tooLate ? "4103" : taken ? "4004" : "0";
        assertThat(reply.errno()).as("seed %d: %s", seed, reply.text()).isEqualTo(expected);
        if (expected.equals("0")) {
            Expected order = new Expected(Market.order(reply), key, date, instantly, now());
            orders.add(order);
            again.put(order.id, () -> Market.book(keyed, house, date, date.plusDays(1)));
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
            order.until = order.until(now(), 30);
            order.wasPayable |= next.equals("WAIT_PAYMENT");
        }
    }

    private void pay(Expected order) {
        boolean free = !taken(order.night, order);
        boolean revived = order.status.equals("CANCELED")
                && order.expired
                && order.wasPayable
                && free
                && now().isBefore(at(order.arrival, 22, 30));
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
            if (order.change.isOpen() && !now().isBefore(order.change.due)) {
                order.change.status = "EXPIRED";
            }
            if (order.status.equals("WAIT_ACCEPT") || order.status.equals("WAIT_PAYMENT")) {
                if (!now().isBefore(order.until)) {
                    order.become("CANCELED");
                    order.expired = true;
                }
            } else {
                stayMayBeOver(order);
            }
        }
        market.settleDue();
        settleChanges();
        var _ = market.server.booking().runDueClaims();
        orders.forEach(order -> order.deposit.pass(now()));
    }

    /** Also by a change to an earlier day of departure. */
    private void stayMayBeOver(Expected order) {
        if (order.status.equals("PAID") && !now().isBefore(order.departure())) {
            order.become("WAIT_COMMENT");
            order.deposit.waits = at(order.arrival.plusDays(order.nights + 3), 11, 0);
            order.deposit.pass(now());
        }
    }

    /** The server's own job may be at it as well. */
    private void settleChanges() {
        Await.until(() -> {
            var _ = market.server.booking().runDueChanges();
            return market.server.rows("order_change where due_at <= timestamptz '" + now() + "'") == 0;
        });
    }

    private void claim(Expected order) {
        long fen = 1L + random.nextInt(50_010);
        Reply reply = DepositClaimTest.claim(market.host, order.id, new Money(fen).yuan(), "灯被打碎");
        boolean may = order.deposit.waits != null;
        assertThat(reply.errno())
                .as("seed %d: claim of %d in %s: %s", seed, order.id, order.status, reply.text())
                .isEqualTo(!may ? "4201" : fen > 50_000 ? "4103" : "0");
        if (reply.errno().equals("0")) {
            order.deposit.waits = null;
            order.deposit.claim = "WAIT_ANSWER";
            order.deposit.id = reply.data().path("claim_id").asLong();
            order.deposit.amount = fen;
            order.deposit.answerBy = now().plus(72, ChronoUnit.HOURS);
        }
    }

    private void answer(Expected order) {
        String action = random.nextBoolean() ? "accept" : "dispute";
        Reply reply = DepositClaimTest.answer(market.guest, order.id, order.deposit.id, action, "");
        boolean may = order.deposit.claim.equals("WAIT_ANSWER");
        assertThat(reply.errno())
                .as("seed %d: %s of %d in %s", seed, action, order.id, order.deposit.claim)
                .isEqualTo(may ? "0" : "4201");
        if (may && action.equals("accept")) {
            order.deposit.close("ACCEPTED", order.deposit.amount);
        } else if (may) {
            order.deposit.claim = "DISPUTED";
        }
    }

    private void release(Expected order) {
        boolean may = order.deposit.waits != null || order.deposit.isOpen();
        act(market.host, order, "release_deposit", may ? order.status : null);
        if (may) {
            order.deposit.waits = null;
            if (order.deposit.isOpen()) {
                order.deposit.close("WITHDRAWN", 0);
            }
        }
    }

    private void decide(Expected order) {
        ClaimDecisions decisions = new ClaimDecisions(
                market.server.booking().notices, new SiteTime(market.server.clock(), ZoneId.of("Asia/Shanghai")));
        long fen = random.nextInt(50_010);
        boolean may = order.deposit.claim.equals("DISPUTED") && fen <= order.deposit.amount;
        boolean done = market.server
                .database()
                .inTransaction(tx -> decisions.decide(tx, order.deposit.id, new Money(fen), "各一半", "operator"))
                .isPresent();
        assertThat(done)
                .as("seed %d: decision in %s", seed, order.deposit.claim)
                .isEqualTo(may);
        if (may) {
            order.deposit.close("DECIDED", fen);
        }
    }

    /** Each claim has ended as it should, and the host has what was granted and no more. */
    private void depositsAreWhereTheyShouldBe() {
        for (Expected order : orders) {
            JsonNode claims = market.shown(order.id).path("claims");
            assertThat(claims.path(0).path("status").asString(""))
                    .as("seed %d, order %d", seed, order.id)
                    .isEqualTo(order.deposit.claim);
            assertThat(market.server.number("select coalesce(sum(e.amount), 0)::int from ledger_entry e"
                            + " join ledger_posting p on p.id = e.posting_id where p.kind = 'DEPOSIT_CLAIMED'"
                            + " and e.kind = 'DEPOSIT' and e.order_id = " + order.id))
                    .as("seed %d, order %d", seed, order.id)
                    .isEqualTo((int) order.deposit.granted);
        }
    }

    /** Deadlines beyond the arrival, as they were written before there was a limit. */
    private void writeAsTheVersionBefore(Expected order) {
        boolean accepting = order.status.equals("WAIT_ACCEPT");
        if (!accepting && !order.status.equals("WAIT_PAYMENT")) {
            return;
        }
        market.server.sql("update orders set deadline = deadline + interval '3 days' where id = " + order.id);
        Instant written = order.until.plus(3, ChronoUnit.DAYS);
        Instant cap = accepting ? at(order.arrival, 22, 0) : at(order.arrival, 22, 30);
        order.until = written.isBefore(cap) ? written : cap;
    }

    private void placeAgain(Expected order) {
        Supplier<Reply> same = Objects.requireNonNull(again.get(order.id));
        Reply reply = same.get();
        boolean known = reply.errno().equals("0") && orders.stream().anyMatch(each -> each.id == Market.order(reply));
        assertThat(known || now().isAfter(order.placed.plus(1, ChronoUnit.DAYS).minusMillis(1)))
                .as("seed %d: %s", seed, reply.text())
                .isTrue();
        // A key that has outlived its day stands for a new order like any other.
        if (reply.errno().equals("0") && !known) {
            orders.add(new Expected(
                    Market.order(reply), order.placedNight, order.placedArrival, order.placedNight < ASKING, now()));
            again.put(Market.order(reply), same);
        }
    }

    /** Whatever was done: no order came to wait for payment, or was paid, after its first night had begun without a guest. */
    private void nobodyHasANightThatIsOver() {
        assertThat(market.server.number("""
                        select count(*) from order_history c join orders o on o.id = c.order_id
                        where c.to_status in ('WAIT_PAYMENT', 'PAID')
                          and c.at >= (o.start_date + case c.to_status when 'PAID' then time '22:30' else time '22:00' end)
                                      at time zone 'Asia/Shanghai'
                        """)).as("seed %d", seed).isZero();
    }

    private Instant now() {
        return market.server.clock().instant();
    }

    private static Instant at(LocalDate day, int hour, int minute) {
        return day.atTime(hour, minute).atZone(ZoneId.of("Asia/Shanghai")).toInstant();
    }
}
