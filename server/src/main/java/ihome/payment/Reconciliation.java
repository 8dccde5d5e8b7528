package ihome.payment;

import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider about trades that are open, which is what makes a lost notification harmless, and closes those that
 * nobody should pay any more. Every node does it; each takes other trades.
 */
final class Reconciliation {
    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);
    private static final int BATCH = 16;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    /** After a trade's end, until when a payment that began before may still come through. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private final Database database;
    private final PaymentStore store;
    private final PaymentProvider provider;
    private final PaymentNotifications reports;
    private final SiteTime time;

    Reconciliation(
            Database database,
            PaymentStore store,
            PaymentProvider provider,
            PaymentNotifications reports,
            SiteTime time) {
        this.database = database;
        this.store = store;
        this.provider = provider;
        this.reports = reports;
        this.time = time;
    }

    /** Looks after all trades that are due; returns how many. */
    int run() {
        return Batches.all(BATCH, this::claim, this::check);
    }

    private List<PaymentStore.Check> claim() {
        return database.inTransaction(
                tx -> store.claimChecks(tx, provider.name(), time.now(), OpenPayment.FIRST_CHECK, LONGEST_WAIT, BATCH));
    }

    private void check(PaymentStore.Check due) {
        Trade trade = due.trade();
        try {
            PaymentNotification report = provider.query(trade);
            reports.apply(trade, report);
            boolean settled = report.state() == PaymentNotification.State.PAID
                    || report.state() == PaymentNotification.State.CLOSED;
            if (!settled && !due.wanted()) {
                close(trade);
            }
        } catch (ProviderFailure | InvalidSignatureException e) {
            log.warn("trade {} of order {}: {}; asked again later", trade.id(), trade.order(), e.getMessage());
        }
    }

    /** One that the provider has never heard of may yet be paid, until its time is over. */
    private void close(Trade trade) throws ProviderFailure, InvalidSignatureException {
        boolean over = !time.now().isBefore(trade.expiresAt().plus(GRACE));
        if (provider.close(trade) || over) {
            reports.apply(
                    trade,
                    new PaymentNotification(trade.trade(), null, trade.amount(), PaymentNotification.State.CLOSED));
        }
    }
}
