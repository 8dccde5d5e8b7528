package ihome.platform.http.pipeline;

import ihome.platform.http.Route;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures of the database as the log tells them: the first of a kind, and then one line a minute with how many there were
 * since. All that an outage fails is one kind, on whatever route; how many requests failed is in the metrics
 * ({@code ihome_http_failures_total}).
 */
final class FailureLog {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");
    private static final Duration AGAIN = Duration.ofMinutes(1);
    /** Routes times states is less. */
    private static final int MOST_KINDS = 1_000;

    private final LongSupplier nanos;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    private static final class Kind {
        private final AtomicLong saidAt;
        private final AtomicLong unsaid = new AtomicLong();

        Kind(long saidAt) {
            this.saidAt = new AtomicLong(saidAt);
        }
    }

    FailureLog() {
        this(System::nanoTime);
    }

    FailureLog(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param message the database's own word, without values */
    void databaseFailed(Route route, Throwable failure, String message) {
        SQLException cause = cause(failure);
        boolean outage = isOutage(cause);
        String kind =
                outage ? "" : route.method() + " " + route.path() + " " + (cause == null ? "" : cause.getSQLState());
        long now = nanos.getAsLong();
        if (kinds.size() > MOST_KINDS) {
            kinds.clear();
        }
        Kind fresh = new Kind(now);
        Kind known = kinds.putIfAbsent(kind, fresh);
        long more = 0;
        if (known != null) {
            long said = known.saidAt.get();
            if (now - said < AGAIN.toNanos() || !known.saidAt.compareAndSet(said, now)) {
                known.unsaid.incrementAndGet();
                return;
            }
            more = known.unsaid.getAndSet(0);
        }
        if (outage) {
            log.error(
                    "the database fails, first seen on {} {}: {} (and {} more in the minutes before; further ones are"
                            + " counted, not logged)",
                    route.method(),
                    route.path(),
                    message,
                    more);
        } else {
            log.error(
                    "database failed on {} {}: {} ({} more since it was last said)",
                    route.method(),
                    route.path(),
                    message,
                    more);
        }
    }

    /** Whether any other statement would have failed as well (SQLSTATE, appendix A of PostgreSQL's manual). */
    private static boolean isOutage(@Nullable SQLException e) {
        if (e == null) {
            return false;
        }
        String state = e.getSQLState();
        return e instanceof SQLTransientConnectionException
                || state == null
                // Connection, resources, an operator's doing, the system's own failure, read-only.
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || state.startsWith("58")
                || state.equals("25006");
    }

    private static @Nullable SQLException cause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
