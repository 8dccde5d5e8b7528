package ihome;

import ihome.account.NameSkeletons;
import ihome.booking.Booking;
import ihome.identity.Audit;
import ihome.identity.IdentityKeys;
import ihome.limits.Limits;
import ihome.notice.Notices;
import ihome.payment.Payments;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.ephemeral.PostgresEphemeralStore;
import ihome.platform.idempotency.IdempotencyKeys;
import ihome.platform.outbox.Outbox;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done again and again in the background. Every node does it; the database keeps them out of each other's way. */
final class Housekeeping implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    /** Three at a time: what waits for somebody else's answer holds nothing else up. */
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(
            3, Thread.ofPlatform().name("housekeeping").daemon().factory());

    private final List<Runnable> tasks = new ArrayList<>();

    Housekeeping(
            Outbox outbox,
            PostgresEphemeralStore ephemeral,
            Limits limits,
            ChangeLog changes,
            Booking booking,
            Payments payments,
            IdempotencyKeys idempotencyKeys,
            IdentityKeys identityKeys,
            Notices notices,
            Audit audit,
            NameSkeletons nameSkeletons,
            Database database,
            Clock clock) {
        every(2, "outbox", outbox::deliverDue);
        every(60, "finished messages", outbox::sweep);
        every(2, "due orders", booking.dueOrders()::run);
        every(10, "claims on deposits", booking::runDueClaims);
        every(3600, "words of old claims", booking::sweepClaims);
        every(2, "refunds", payments::refund);
        every(2, "open payments", payments::reconcile);
        every(60, "payments to settle", payments::count);
        every(600, "old idempotency keys", idempotencyKeys::sweep);
        every(60, "ended codes and sessions", ephemeral::sweep);
        every(60, "limits that no longer count", limits::sweep);
        every(60, "changes that all have seen", changes::sweep);
        every(2, "identity keys", identityKeys::report);
        every(600, "names without a skeleton", nameSkeletons::fill);
        every(3600, "old notices", () -> notices.sweep(database));
        every(3600, "audit", () -> audit.sweep(database, clock.instant()));
    }

    private void every(long seconds, String what, Runnable task) {
        tasks.add(task);
        var _ = scheduler.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        log.warn("{}: {}; tried again in {} s", what, e.getMessage(), seconds);
                    }
                },
                seconds,
                seconds,
                TimeUnit.SECONDS);
    }

    /** Does everything once, now. Fails with what the first fails with. */
    void runAll() {
        tasks.forEach(Runnable::run);
    }

    @Override
    public void close() {
        scheduler.shutdown();
        try {
            if (!scheduler.awaitTermination(5, TimeUnit.SECONDS)) {
                scheduler.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            scheduler.shutdownNow();
        }
    }
}
