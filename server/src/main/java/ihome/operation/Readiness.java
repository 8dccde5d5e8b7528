package ihome.operation;

import ihome.platform.db.Database;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node can serve: whether the database takes a commit, now. It is asked on a connection of its own: a table
 * that somebody has locked fills the pool, but all that does not need that table is served. One look answers all who ask
 * within {@link #KEPT}, so that asking costs little however often it is done.
 */
final class Readiness implements AutoCloseable {
    private static final Duration KEPT = Duration.ofMillis(200);
    /** No answer for so long: none. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private @Nullable Handle connection;
    private @Nullable String why;
    private long lookedAt;
    private boolean looked;

    Readiness(Database database) {
        this.database = database;
    }

    /** Why this node is not ready, for people; null: it is ready. */
    synchronized @Nullable String missing() {
        if (!looked || System.nanoTime() - lookedAt > KEPT.toNanos()) {
            why = look();
            looked = true;
            lookedAt = System.nanoTime();
        }
        return why;
    }

    private @Nullable String look() {
        if (database.isAway()) {
            disconnect();
            return "数据库没有应答";
        }
        boolean fresh = connection == null;
        try {
            return written();
        } catch (JdbiException e) {
            disconnect();
        }
        if (fresh) {
            return "数据库没有应答";
        }
        // It may only have been the connection's end, as after a restart of the server: then it was the pool's too.
        database.discardConnections();
        try {
            return written();
        } catch (JdbiException e) {
            disconnect();
            return "数据库没有应答";
        }
    }

    private @Nullable String written() {
        Handle handle = connection;
        if (handle == null) {
            handle = database.openOutsidePool(PATIENCE);
            connection = handle;
        }
        if (ReadinessStore.isReadOnly(handle)) {
            // The next one may lead to another server.
            disconnect();
            return "数据库只读";
        }
        ReadinessStore.write(handle);
        return null;
    }

    private void disconnect() {
        Handle handle = connection;
        connection = null;
        if (handle != null) {
            try {
                handle.close();
            } catch (JdbiException e) {
                // It is broken already.
            }
        }
    }

    @Override
    public synchronized void close() {
        disconnect();
    }
}
