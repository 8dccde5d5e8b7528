package ihome.platform.change;

import ihome.platform.db.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the change log again and again and tells this node's listeners what others committed; of this node's own commits
 * they have heard already (one that is seen between its commit and the word of it on this node is told twice). It holds a
 * connection of its own, so that a busy pool does not delay it.
 *
 * <p>Rows do not become visible in the order of their ids, nor of their transaction ids: a transaction may be committed
 * long after a later one. So each look reads the rows of all transactions that were not over at the look before (its
 * snapshot's {@code xmin}) and drops those already told. Nothing is missed, and a long transaction elsewhere delays
 * nobody else's changes.
 */
public final class ChangeFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChangeFollower.class);
    private static final Duration EVERY = Duration.ofMillis(50);
    /** No answer for so long: the connection is taken for lost. */
    private static final Duration LOST_AFTER = Duration.ofSeconds(4);

    private static final Duration TOO_LONG = Duration.ofMinutes(ChangeLog.KEPT_MINUTES / 2);

    private final Database database;
    private final ChangeLog changes;
    private final Thread thread;
    private final Map<Long, Long> told = new HashMap<>();
    private @Nullable Handle connection;
    private long horizon = -1;
    /** Where the database was at the last look; null before the first. */
    private @Nullable Position position;
    /** Of the server that the connection leads to. */
    private String identity = "";

    private volatile long lookedAt;
    private volatile boolean current;
    private volatile boolean closed;

    /** Begins with what is committed from now on. */
    public ChangeFollower(Database database, ChangeLog changes) {
        this.database = database;
        this.changes = changes;
        this.thread = Thread.ofPlatform().name("changes").daemon().unstarted(this::follow);
        changes.follow();
        look();
        thread.start();
    }

    /** Whether the listeners have heard all that was committed until {@code bound} ago. */
    public boolean isWithin(Duration bound) {
        return current && System.nanoTime() - lookedAt <= bound.toNanos();
    }

    private void follow() {
        boolean failing = false;
        while (!closed) {
            try {
                look();
                if (failing) {
                    log.info("following changes again");
                }
                failing = false;
            } catch (RuntimeException e) {
                // Not only the database's failures: whatever it is, nobody would be told of any change ever again.
                if (!failing && !closed) {
                    log.warn("cannot follow changes: {}", e.getMessage());
                }
                failing = true;
                current = false;
                if (connection != null) {
                    // It looks so often that it is the first to know when a server has ended its connections.
                    database.discardConnections();
                }
                disconnect();
            }
            LockSupport.parkNanos(EVERY.toNanos());
        }
        disconnect();
    }

    private void look() {
        long start = System.nanoTime();
        if (connection == null) {
            connection = database.openOutsidePool(LOST_AFTER);
            identity = ChangeStore.identity(connection);
            lookForTimeGoneBack(connection);
        }
        if (horizon < 0 || start - lookedAt > TOO_LONG.toNanos()) {
            beginAnew(connection);
        }
        List<ChangeStore.Row> rows = ChangeStore.since(connection, horizon, identity);
        Position now = rows.getFirst().position();
        if (position != null && !now.follows(position)) {
            // Behind a connection pooler another server comes without an end of the connection.
            throw new IllegalStateException("the database is at " + now + " after " + position);
        }
        Set<ChangeKey> changeKeys = new HashSet<>();
        for (ChangeStore.Row row : rows) {
            if (row.changeKey() != null && told.put(row.id(), row.xid()) == null && !changes.wasTold(row.id())) {
                changeKeys.add(ChangeKey.parse(row.changeKey()));
            }
        }
        if (!changeKeys.isEmpty()) {
            changes.tell(changeKeys);
        }
        long next = rows.getFirst().horizon();
        if (next != horizon) {
            told.values().removeIf(xid -> xid < next);
            changes.forgetToldBelow(next);
            horizon = next;
        }
        position = now;
        lookedAt = start;
        current = true;
    }

    /**
     * A server that was promoted without the last commits, or restored to an earlier moment, does not have what this node
     * has told its listeners of; nor do transaction ids go on from where they were.
     */
    private void lookForTimeGoneBack(Handle handle) {
        Position before = position;
        if (before == null) {
            return;
        }
        Position now = ChangeStore.position(handle, identity);
        if (!now.follows(before)) {
            log.warn(
                    "the database is another one than before, or has gone back in time ({} after {}):"
                            + " everything that was kept of it is void",
                    now,
                    before);
            beginAnew(handle);
            position = now;
        }
    }

    private void beginAnew(Handle handle) {
        told.clear();
        changes.forgetTold();
        int foreign = ChangeStore.discardForeign(handle);
        if (foreign > 0) {
            log.info("{} changes of another database server, which came with a restored dump, are discarded", foreign);
        }
        horizon = ChangeStore.horizon(handle);
        changes.invalidateAll();
    }

    private void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (JdbiException e) {
                log.debug("closing a broken connection: {}", e.getMessage());
            }
            connection = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
