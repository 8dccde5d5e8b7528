package ihome.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** All SQL of the record of access to identity data. */
final class AuditStore {
    static boolean isThere(Handle handle) {
        return handle.createQuery("select to_regclass('identity_access') is not null")
                .mapTo(boolean.class)
                .one();
    }

    void add(Handle tx, Instant at, String who, @Nullable Long account, String what) {
        tx.createUpdate("""
                        insert into identity_access (at, who, account_id, what)
                        values (:at, :who, cast(:account as bigint), :what)
                        """)
                .bind("at", at)
                .bind("who", who)
                .bind("account", account)
                .bind("what", what)
                .execute();
    }

    /** Whether the same is on record since then. */
    boolean isThere(Handle tx, Instant since, String who, long account, String what) {
        return tx.createQuery("""
                        select exists (select from identity_access
                                       where account_id = :account and at > :since and who = :who and what = :what)
                        """)
                .bind("account", account)
                .bind("since", since)
                .bind("who", who)
                .bind("what", what)
                .mapTo(boolean.class)
                .one();
    }

    /** Rows from {@code since} on, those of one account where one is given, the oldest first; the caller closes them. */
    Stream<Audit.Entry> read(Handle tx, Optional<Long> account, Instant since) {
        return tx
                .createQuery("""
                        select at, who, account_id, what from identity_access
                        where at >= :since and (cast(:account as bigint) is null or account_id = :account)
                        order by id
                        """)
                .bind("since", since)
                .bind("account", account.orElse(null))
                .setFetchSize(1_000)
                .map((row, _) -> new Audit.Entry(
                        row.getTimestamp("at").toInstant(),
                        row.getString("who"),
                        Optional.ofNullable(row.getObject("account_id", Long.class)),
                        row.getString("what")))
                .stream();
    }

    int sweep(Handle tx, Instant before) {
        tx.execute("set local ihome.sweeping = 'identity_access'");
        return tx.createUpdate("delete from identity_access where at < :before")
                .bind("before", before)
                .execute();
    }
}
