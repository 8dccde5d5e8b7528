package ihome.payment;

import ihome.booking.OrderPayments;
import ihome.booking.OrderPayments.OpenRefund;
import ihome.platform.db.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the refunds that are owed. Each has its own request number at the provider, so that asking twice, from two nodes or
 * after an answer that was lost, sends the money once.
 */
final class RefundJob {
    private static final Logger log = LoggerFactory.getLogger(RefundJob.class);
    private static final int BATCH = 16;

    private final Database database;
    private final OrderPayments orders;
    private final PaymentStore store;
    private final PaymentProvider provider;

    RefundJob(Database database, OrderPayments orders, PaymentStore store, PaymentProvider provider) {
        this.database = database;
        this.orders = orders;
        this.store = store;
        this.provider = provider;
    }

    /** Attempts all refunds that are due; returns how many. */
    int run() {
        return Batches.all(BATCH, () -> database.inTransaction(tx -> orders.claimRefunds(tx, BATCH)), this::refund);
    }

    private void refund(OpenRefund refund) {
        Trade trade = database.withConnection(tx -> store.findByNumber(tx, provider.name(), refund.payment()))
                .orElse(null);
        if (trade == null) {
            refused(refund, provider.name() + " did not take the payment that it is of");
            return;
        }
        try {
            provider.refund(trade, "refund_" + refund.id(), refund.total());
        } catch (RefundRefused e) {
            refused(refund, String.valueOf(e.getMessage()));
            return;
        } catch (ProviderFailure e) {
            failed(refund, String.valueOf(e.getMessage()));
            return;
        }
        boolean first = database.inTransaction(tx -> orders.refunded(tx, refund));
        if (first) {
            log.info("refund {} of order {}: made", refund.id(), refund.order());
        }
    }

    private void refused(OpenRefund refund, String why) {
        boolean given = database.inTransaction(tx -> orders.refundRefused(tx, refund, why));
        if (given) {
            log.error(
                    "refund {} of order {}: {}; refused for good, ./ihome payments settles it",
                    refund.id(),
                    refund.order(),
                    why);
        } else {
            log.warn("refund {} of order {}: {}; tried again later", refund.id(), refund.order(), why);
        }
    }

    private void failed(OpenRefund refund, String why) {
        log.warn("refund {} of order {}: {}; tried again later", refund.id(), refund.order(), why);
        database.inTransaction(tx -> {
            orders.refundFailed(tx, refund, why);
            return null;
        });
    }
}
