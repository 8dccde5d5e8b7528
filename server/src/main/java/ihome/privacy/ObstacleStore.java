package ihome.privacy;

import org.jdbi.v3.core.Handle;

/** Asks the queries by which modules say what forbids an erasure. */
final class ObstacleStore {
    /** Whether it is so for an account. */
    boolean applies(Handle tx, String query, long account) {
        return tx.createQuery(query)
                .bind("account", account)
                .mapTo(boolean.class)
                .one();
    }
}
