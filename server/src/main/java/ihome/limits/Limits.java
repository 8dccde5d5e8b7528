package ihome.limits;

import ihome.platform.db.Database;
import ihome.platform.problem.Refusal;
import ihome.platform.time.SiteTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Counts and refuses. Windows slide: of any stretch as long as the window, no more than the limit passes. Several
 * limits taken together are counted all or not at all.
 */
public final class Limits {
    private final Database database;
    private final SiteTime time;
    private final LimitsConfig config;
    private final LimitStore store = new LimitStore();

    public Limits(Database database, SiteTime time, LimitsConfig config) {
        this.database = database;
        this.time = time;
        this.config = config;
    }

    /** One limit for one mobile, address, or the site. */
    public record Use(Limit limit, String subject) {
        String key() {
            return "Limit_" + limit + "_" + subject;
        }
    }

    /** Counts one use of each; fails with REQERR and the time to wait, and counts none, when one is used up. */
    public void take(Use... uses) {
        List<Use> counted = Arrays.stream(uses).filter(this::counts).toList();
        if (counted.isEmpty()) {
            return;
        }
        Instant now = time.now();
        database.inTransaction(transaction -> {
            for (Use use : counted) {
                Optional<Duration> wait = use.limit().scope() == Limit.Scope.SITE
                        ? takeOfDay(transaction, use)
                        : takeOfWindow(transaction, use, now);
                if (wait.isPresent()) {
                    throw Refusal.limited(wait.get());
                }
            }
            return null;
        });
    }

    /** Gives back the newest use of each: the attempt turned out right. */
    public void giveBack(Use... uses) {
        for (Use use : uses) {
            if (counts(use)) {
                database.withConnection(handle -> {
                    store.giveBack(handle, use.key());
                    return null;
                });
            }
        }
    }

    private boolean counts(Use use) {
        return config.perAddress() || use.limit().scope() != Limit.Scope.ADDRESS;
    }

    private Optional<Duration> takeOfWindow(Handle transaction, Use use, Instant now) {
        Duration window = use.limit().window();
        Instant since = now.minus(window);
        int max = config.maxOf(use.limit());
        if (store.takeOfWindow(transaction, use.key(), since, now, now.plus(window), max)) {
            return Optional.empty();
        }
        Instant oldest = store.oldestHit(transaction, use.key(), since).orElse(now);
        return Optional.of(Duration.between(now, oldest.plus(window)));
    }

    private Optional<Duration> takeOfDay(Handle transaction, Use use) {
        LocalDate today = time.today();
        Instant tomorrow = time.startOf(today.plusDays(1));
        return store.takeOfDay(transaction, use.key(), today, tomorrow, config.maxOf(use.limit()))
                ? Optional.empty()
                : Optional.of(Duration.between(time.now(), tomorrow));
    }

    /** Removes what no longer counts; returns how many rows. */
    public int sweep() {
        return database.withConnection(handle -> store.removeEnded(handle, time.now()));
    }
}
