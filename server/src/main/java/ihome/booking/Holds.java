package ihome.booking;

import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.platform.db.StatementPipeline;
import ihome.platform.problem.BusinessException;
import ihome.platform.problem.Errno;
import ihome.platform.time.SiteTime;
import ihome.stay.Stay;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How many orders and nights an account may hold without having paid, and how many orders it may place ({@link
 * Limit#ORDERS_OPEN_PER_ACCOUNT} and those after it). An order that nobody paid costs its guest nothing and keeps
 * everybody else out of its nights.
 */
final class Holds {
    /** How long an account that let too many orders expire places none. */
    private static final Duration PAUSE = Duration.ofDays(1);

    /**
     * The {@code data} of a refusal.
     *
     * @param limit the name of the {@link Limit}
     * @param openOrders orders of the account that wait for an answer or a payment, where it helps to pay or cancel one of
     *     them; 0 where it does not
     */
    private record Reached(String limit, int openOrders) {}

    private final HoldStore store = new HoldStore();
    private final Limits limits;
    private final SiteTime time;

    Holds(Limits limits, SiteTime time) {
        this.limits = limits;
        this.time = time;
    }

    /**
     * Adds what has to be asked. The result is run once the statements are sent, in the transaction that places the order:
     * it fails with REQERR, and says how long to wait, when the account may not place it. Orders of one account are
     * placed one after the other, so that no limit is passed by placing them at the same moment.
     */
    Runnable check(StatementPipeline statements, long guest, long house, Stay stay) {
        Instant now = time.now();
        HoldStore.Moments moments = new HoldStore.Moments(
                now,
                now.minus(Limit.ORDERS_PER_ACCOUNT_DAY.window()),
                now.minus(Limit.ORDERS_EXPIRED_PER_ACCOUNT_WEEK.window()));
        Supplier<Optional<HoldStore.Held>> held = store.lockAndCount(statements, guest, house, moments);
        return () -> check(held.get().orElseThrow(), stay.nights(), now);
    }

    private void check(HoldStore.Held held, int nights, Instant now) {
        int mostOfHouse = limits.max(Limit.ORDERS_OPEN_PER_ACCOUNT_AND_HOUSE);
        if (held.ofHouse() >= mostOfHouse) {
            throw refusal(
                    now,
                    held.ofHouseUntil(),
                    settle(Limit.ORDERS_OPEN_PER_ACCOUNT_AND_HOUSE, held),
                    "您在这套房屋已有 " + held.ofHouse() + " 个尚未付款的订单，请先付款或取消，再预订");
        }
        int mostOpen = limits.max(Limit.ORDERS_OPEN_PER_ACCOUNT);
        if (held.open() >= mostOpen) {
            throw refusal(
                    now,
                    held.until(),
                    settle(Limit.ORDERS_OPEN_PER_ACCOUNT, held),
                    "尚未付款的订单最多 " + mostOpen + " 个，请先付款或取消其中一个，再预订");
        }
        int mostNights = limits.max(Limit.NIGHTS_HELD_PER_ACCOUNT);
        if (nights > mostNights) {
            throw refusal(
                    now, null, wait(Limit.NIGHTS_HELD_PER_ACCOUNT), "一次最多预订 " + mostNights + " 晚，更长的住宿请分段预订，付款后再预订下一段");
        }
        if (held.nights() + nights > mostNights) {
            throw refusal(
                    now,
                    held.until(),
                    settle(Limit.NIGHTS_HELD_PER_ACCOUNT, held),
                    "尚未付款的订单合计最多 " + mostNights + " 晚，请先付款或取消其中一个，再预订");
        }
        Instant lastExpired = held.lastExpired();
        if (held.expired() >= limits.max(Limit.ORDERS_EXPIRED_PER_ACCOUNT_WEEK)
                && lastExpired != null
                && now.isBefore(lastExpired.plus(PAUSE))) {
            Instant until = lastExpired.plus(PAUSE);
            throw refusal(
                    now,
                    until,
                    wait(Limit.ORDERS_EXPIRED_PER_ACCOUNT_WEEK),
                    "最近 7 天内有 " + held.expired() + " 个订单逾期未付款，请在 " + hours(now, until) + " 小时后再预订");
        }
        Instant firstPlaced = held.firstPlaced();
        int mostPlaced = limits.max(Limit.ORDERS_PER_ACCOUNT_DAY);
        if (held.placed() >= mostPlaced && firstPlaced != null) {
            Instant until = firstPlaced.plus(Limit.ORDERS_PER_ACCOUNT_DAY.window());
            throw refusal(
                    now,
                    until,
                    wait(Limit.ORDERS_PER_ACCOUNT_DAY),
                    "24 小时内最多提交 " + mostPlaced + " 个订单，请在 " + hours(now, until) + " 小时后再预订");
        }
    }

    private static Reached settle(Limit limit, HoldStore.Held held) {
        return new Reached(limit.name(), held.open());
    }

    private static Reached wait(Limit limit) {
        return new Reached(limit.name(), 0);
    }

    private static BusinessException refusal(Instant now, @Nullable Instant until, Reached reached, String sentence) {
        return until == null
                ? new BusinessException(Errno.REQERR, sentence, reached)
                : BusinessException.limited(Duration.between(now, until), sentence, reached);
    }

    /** Whole hours, rounded up, at least one. */
    private static long hours(Instant now, Instant until) {
        return Math.max(
                1, Duration.between(now, until).plusHours(1).minusNanos(1).toHours());
    }
}
