package ihome.payment;

import ihome.booking.OrderPayments;
import ihome.booking.OrderPayments.OpenRefund;
import ihome.platform.db.Database;
import ihome.platform.money.Money;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the refunds that are owed. Each has its own request number at the provider, so that asking twice, from two nodes or
 * after an answer that was lost, sends the money once. One of a payment that the site's present provider did not take, as
 * after a change of {@code --payment}, is given at once to a person to decide: nobody else can make it.
 */
final class RefundJob {
    private static final Logger log = LoggerFactory.getLogger(RefundJob.class);
    private static final int BATCH = 16;

    private final Database database;
    private final OrderPayments orders;
    private final PaymentStore store;
    private final @Nullable Chosen chosen;

    /** The site's present provider, and what is done with its reports. */
    record Chosen(PaymentProvider provider, PaymentNotifications reports) {}

    /** @param chosen null: the site takes no payments */
    RefundJob(Database database, OrderPayments orders, PaymentStore store, @Nullable Chosen chosen) {
        this.database = database;
        this.orders = orders;
        this.store = store;
        this.chosen = chosen;
    }

    /** Attempts all refunds that are due; returns how many. */
    int run() {
        return Batches.all(BATCH, () -> database.inTransaction(tx -> orders.claimRefunds(tx, BATCH)), this::refund);
    }

    private void refund(OpenRefund refund) {
        Trade trade = chosen == null
                ? null
                : database.withConnection(
                                tx -> store.findByNumber(tx, chosen.provider().name(), refund.payment()))
                        .orElse(null);
        if (chosen == null || trade == null) {
            cannotBeMade(refund);
        } else {
            refund(refund, trade, chosen);
        }
    }

    private void refund(OpenRefund refund, Trade trade, Chosen by) {
        Money sentBack;
        try {
            sentBack = by.provider().refund(trade, "refund_" + refund.id(), refund.total());
        } catch (RefundRefused e) {
            if (refused(refund, String.valueOf(e.getMessage()))) {
                learnWhy(trade, by);
            }
            return;
        } catch (ProviderFailure e) {
            failed(refund, String.valueOf(e.getMessage()));
            return;
        }
        boolean first = database.inTransaction(tx -> orders.refunded(tx, refund));
        if (first) {
            log.info("refund {} of order {}: made", refund.id(), refund.order());
        }
        by.reports().refundedSoFar(trade, sentBack);
    }

    /** Often because the money has gone back by the provider's console: what the provider says of the trade is booked. */
    private static void learnWhy(Trade trade, Chosen by) {
        try {
            by.reports().apply(trade, by.provider().query(trade));
        } catch (ProviderFailure | InvalidSignatureException e) {
            log.warn("trade {} of order {}: {}", trade.id(), trade.order(), e.getMessage());
        }
    }

    private void cannotBeMade(OpenRefund refund) {
        String taker = database.withConnection(tx -> store.providerOf(tx, refund.payment()))
                .orElse("an unknown provider");
        String now = chosen == null
                ? "the site takes no payments now (--payment none)"
                : "payments are taken by " + chosen.provider().name() + " now";
        String why = "the payment was taken by " + taker + ", and " + now;
        if (database.inTransaction(tx -> orders.refundCannotBeMade(tx, refund, why))) {
            given(refund, why);
        }
    }

    /** Whether it was given to a person. */
    private boolean refused(OpenRefund refund, String why) {
        boolean given = database.inTransaction(tx -> orders.refundRefused(tx, refund, why));
        if (given) {
            given(refund, why);
        } else {
            log.warn("refund {} of order {}: {}; tried again later", refund.id(), refund.order(), why);
        }
        return given;
    }

    private static void given(OpenRefund refund, String why) {
        log.error(
                "refund {} of order {}: {}; refused for good, ./ihome payments settles it",
                refund.id(),
                refund.order(),
                why);
    }

    private void failed(OpenRefund refund, String why) {
        log.warn("refund {} of order {}: {}; tried again later", refund.id(), refund.order(), why);
        database.inTransaction(tx -> {
            orders.refundFailed(tx, refund, why);
            return null;
        });
    }
}
