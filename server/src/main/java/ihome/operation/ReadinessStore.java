package ihome.operation;

import org.jdbi.v3.core.Handle;

/** SQL of {@link Readiness}. */
final class ReadinessStore {
    private ReadinessStore() {}

    /** Whether nothing can be written: a standby, or a database or server that is set to read only. */
    static boolean isReadOnly(Handle handle) {
        return handle.createQuery("select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean")
                .mapTo(boolean.class)
                .one();
    }

    /**
     * Commits a record in the log that nobody reads: it is written and synced as every other, and touches no table. Not
     * waiting for standbys: whoever gives up waiting leaves a server process behind that waits on.
     */
    static void write(Handle handle) {
        handle.useTransaction(tx -> {
            tx.execute("set local synchronous_commit = local");
            tx.execute("select pg_logical_emit_message(true, 'ihome', '')");
        });
    }
}
