package ihome.payment;

import ihome.booking.OrderPayments;
import ihome.platform.db.Database;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies what a provider says of a trade to its order, by whatever way it came: notification, browser, or our asking.
 * Once, in any order, and however often.
 */
final class PaymentNotifications {
    private static final Logger log = LoggerFactory.getLogger(PaymentNotifications.class);

    private final Database database;
    private final OrderPayments orders;
    private final PaymentStore store;
    private final SettlementStore settlements = new SettlementStore();
    private final PaymentProvider provider;
    private final SiteTime time;

    PaymentNotifications(
            Database database, OrderPayments orders, PaymentStore store, PaymentProvider provider, SiteTime time) {
        this.database = database;
        this.orders = orders;
        this.store = store;
        this.provider = provider;
        this.time = time;
    }

    /** A notification; when this returns, it counts. */
    void notified(Map<String, String> fields) throws InvalidSignatureException {
        PaymentNotification report = provider.notified(fields);
        apply(find(report.trade()), report);
    }

    /**
     * A guest has come back: asks the provider, unless it is known that the trade is over. Returns the order; fails with
     * a {@link PaymentProblem} unless it is paid.
     */
    long returned(Map<String, String> fields) {
        try {
            Trade trade = find(provider.returned(fields));
            if (trade.state() == Trade.State.OPEN) {
                apply(trade, provider.query(trade));
                trade = find(trade.trade());
            }
            return orderPaidBy(trade);
        } catch (InvalidSignatureException e) {
            log.warn("a return from payment was refused: {}", e.getMessage());
            throw PaymentProblem.NOT_GENUINE.exception();
        } catch (ProviderFailure e) {
            log.warn("a guest came back from payment, and {}", e.getMessage());
            throw PaymentProblem.PROVIDER_FAILED.exception();
        }
    }

    private long orderPaidBy(Trade trade) {
        String number = trade.number();
        if (trade.state() == Trade.State.OPEN || number == null) {
            throw (trade.state() == Trade.State.CLOSED ? PaymentProblem.CLOSED : PaymentProblem.NOT_PAID).exception();
        }
        Long change = trade.change();
        if (!database.withConnection(tx -> change == null
                ? orders.standsOn(tx, trade.order(), number)
                : orders.changeStandsOn(tx, trade.order(), change, number))) {
            throw PaymentProblem.GOES_BACK.exception();
        }
        return trade.order();
    }

    /** Fails, having changed nothing, when the money is not what the trade is about. */
    void apply(Trade trade, PaymentNotification report) throws InvalidSignatureException {
        switch (report.state()) {
            case UNKNOWN, WAITING -> {}
            case CLOSED -> closed(trade, report);
            case PAID -> {
                if (database.withConnection(tx -> settlements.wasClosedAfterPayment(tx, trade.id()))) {
                    // Told late: the money came and went back. The order is not paid.
                    log.info("order {}: a payment that went back before", trade.order());
                    return;
                }
                paid(trade, report);
                refundedOutside(trade, report.number(), report.refunded());
            }
        }
    }

    /** Nobody can pay it any more; where it was paid before, all of its money has gone back. */
    private void closed(Trade trade, PaymentNotification report) {
        database.inTransaction(tx -> {
            store.closed(tx, trade.id(), time.now());
            return null;
        });
        Trade now = database.withConnection(tx -> store.find(tx, provider.name(), trade.trade()))
                .orElse(trade);
        if (now.state() == Trade.State.PAID) {
            refundedOutside(now, now.number(), now.amount());
        } else if (report.everPaid()) {
            found(now, Discrepancy.Kind.CLOSED_AFTER_PAYMENT, report.amount());
        }
    }

    /**
     * The provider has said how much of a paid trade has gone back, by whatever way.
     *
     * @param refunded zero where it did not say
     */
    void refundedSoFar(Trade trade, Money refunded) {
        refundedOutside(trade, trade.number(), refunded);
    }

    /** Whatever has gone back of a payment beyond what this site asked for, and was not found before. */
    private void refundedOutside(Trade trade, @Nullable String number, Money refunded) {
        if (number == null || refunded.equals(Money.ZERO)) {
            return;
        }
        database.inTransaction(tx -> {
            store.lock(tx, trade.id());
            Money known = orders.refundsAskedFor(tx, number).plus(settlements.knownOutside(tx, trade.id()));
            if (refunded.fen() > known.fen()) {
                found(tx, trade, Discrepancy.Kind.REFUNDED_OUTSIDE, refunded.minus(known));
            }
            return null;
        });
    }

    private void found(Trade trade, Discrepancy.Kind kind, Money amount) {
        database.inTransaction(tx -> {
            found(tx, trade, kind, amount);
            return null;
        });
    }

    private void found(Handle tx, Trade trade, Discrepancy.Kind kind, Money amount) {
        if (settlements.found(tx, trade, kind, amount, time.now())) {
            log.error(
                    "order {}, trade {}: {} of {} fen; ./ihome payments settles it",
                    trade.order(),
                    trade.id(),
                    kind,
                    amount.fen());
        }
    }

    private void paid(Trade trade, PaymentNotification report) throws InvalidSignatureException {
        String number = report.number();
        if (number == null || !report.amount().equals(trade.amount())) {
            found(trade, Discrepancy.Kind.AMOUNT_DIFFERS, report.amount());
            throw new InvalidSignatureException("trade " + trade.id() + " is reported paid with "
                    + report.amount().fen() + " fen instead of "
                    + trade.amount().fen());
        }
        OrderPayments.Outcome outcome = database.inTransaction(tx -> {
            Long change = trade.change();
            OrderPayments.Outcome what = change == null
                    ? orders.paid(tx, trade.order(), report.amount(), number)
                    : orders.changePaid(tx, trade.order(), change, report.amount(), number);
            if (what == OrderPayments.Outcome.NOT_ITS_PAYMENT) {
                throw new IllegalStateException("order " + trade.order() + " is not what its trade was made for");
            }
            store.paid(tx, trade.id(), number, time.now());
            return what;
        });
        log.info("order {}: payment {}", trade.order(), outcome);
    }

    private Trade find(String trade) throws InvalidSignatureException {
        return database.withConnection(tx -> store.find(tx, provider.name(), trade))
                .orElseThrow(() -> new InvalidSignatureException("about a trade that is none of ours"));
    }
}
