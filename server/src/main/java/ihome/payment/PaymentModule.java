package ihome.payment;

import ihome.booking.OrderPayments;
import ihome.module.FeatureModule;
import ihome.module.Job;
import ihome.module.PersonalData;
import ihome.module.Platform;
import ihome.platform.db.Database;
import ihome.platform.http.Route;
import ihome.platform.idempotency.IdempotencyKeys;
import ihome.platform.time.SiteTime;
import ihome.siteconfig.CurrentSite;
import io.prometheus.metrics.core.metrics.Gauge;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of payment, made in the order in which they need each other. */
public final class PaymentModule implements FeatureModule {
    private static final Logger log = LoggerFactory.getLogger(PaymentModule.class);

    private final @Nullable PaymentProvider provider;
    private final @Nullable Reconciliation reconciliation;
    private final RefundJob refundJob;
    private final IntSupplier openElsewhere;
    private final AtomicBoolean toldOfOthers = new AtomicBoolean();
    private final List<Route> routes;
    private final PaymentSettlements settlements;
    private final Gauge toSettle;
    private final Gauge open;
    private final Supplier<PaymentStore.Unfinished> counts;

    /**
     * What the cashier is told of the site.
     *
     * @param address the address that guests reach the site by
     * @param data the data folder, for the cashier's key
     * @param shared whether other nodes may be at the same database
     * @param current what the site says of itself
     */
    public record Site(URI address, Path data, boolean shared, CurrentSite current) {}

    /** @throws WrongCashierKey other nodes at the same database have another key of the cashier */
    public PaymentModule(
            Platform platform, PaymentConfig config, Site site, OrderPayments orders, IdempotencyKeys keys) {
        Database database = platform.database();
        SiteTime time = platform.time();
        this.settlements = new PaymentSettlements(database, time);
        this.toSettle = Gauge.builder()
                .name("ihome_payments_to_settle")
                .help("Refused refunds and discrepancies of payments that wait for a decision: ./ihome payments list")
                .register(platform.registry());
        this.open = Gauge.builder()
                .name("ihome_payments")
                .help(
                        "Payments at the provider that have not ended, by state: open, or closing because the order has ended;"
                                + " counted each minute")
                .labelNames("state")
                .register(platform.registry());
        PaymentStore store = new PaymentStore();
        this.counts = () -> database.withConnection(store::unfinished);
        String address = site.address().toString().replaceAll("/+$", "");
        PaymentProvider chosen = switch (config) {
            case PaymentConfig.None _ -> null;
            case PaymentConfig.Cashier cashier -> {
                Path file = site.data().resolve("cashier.key");
                CashierKey key = site.shared()
                        ? CashierKey.ofSharedDatabase(cashier.key(), file, database)
                        : CashierKey.ofOneNode(cashier.key(), file);
                yield new Cashier(key, address, database, time);
            }
            case PaymentConfig.Alipay alipay -> new Alipay(alipay, address, time.clock());
        };
        this.provider = chosen;
        this.openElsewhere =
                () -> database.withConnection(tx -> store.openElsewhere(tx, chosen == null ? null : chosen.name()));
        if (chosen == null) {
            log.info("payment none: guests pay the host on arrival (--payment, IHOME_PAYMENT)");
            this.reconciliation = null;
            this.refundJob = new RefundJob(database, orders, store, null);
            this.routes = new PaymentRoutes(null, null).routes();
            return;
        }
        log.info("payment {}", chosen.name());
        PaymentNotifications reports = new PaymentNotifications(database, orders, store, chosen, time);
        this.reconciliation = new Reconciliation(database, store, chosen, reports, time);
        this.refundJob = new RefundJob(database, orders, store, new RefundJob.Chosen(chosen, reports));
        List<Route> own =
                new PaymentRoutes(new OpenPayment(database, orders, store, chosen, keys, time), reports).routes();
        this.routes = chosen instanceof Cashier cashier
                ? Stream.concat(own.stream(), new CashierRoutes(cashier, reports, site.current()).routes().stream())
                        .toList()
                : own;
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public List<PersonalData> personalData() {
        return List.of(new PersonalDataStore());
    }

    @Override
    public List<Job> jobs() {
        return List.of(
                Job.everySeconds(2, "refunds", this::refund),
                Job.everySeconds(2, "open payments", this::reconcile),
                Job.everySeconds(60, "payments to settle", this::count));
    }

    /** Asks the provider about open trades and closes those that are not wanted. */
    public void reconcile() {
        if (toldOfOthers.compareAndSet(false, true)) {
            tellOfOthers();
        }
        if (reconciliation != null) {
            reconciliation.run();
        }
    }

    /** After a change of provider: guests may still pay at the one before, and nobody asks it. */
    private void tellOfOthers() {
        int open = openElsewhere.getAsInt();
        if (open > 0) {
            log.error(
                    "{} payments are open at another provider than this site's: whether they were paid is not asked any more;"
                            + " look there, and send back what was",
                    open);
        }
    }

    /** Makes the refunds that are due, and shows those that cannot be made. */
    public void refund() {
        refundJob.run();
    }

    /** Counts what waits for a person's decision, and what has not ended. */
    public void count() {
        toSettle.set(settlements.count());
        PaymentStore.Unfinished unfinished = counts.get();
        open.labelValues("open").set(unfinished.open());
        open.labelValues("closing").set(unfinished.closing());
    }

    @Override
    public void close() {
        if (provider != null) {
            provider.close();
        }
    }
}
