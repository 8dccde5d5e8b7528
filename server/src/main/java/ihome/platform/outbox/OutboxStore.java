package ihome.platform.outbox;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** All SQL of the outbox. */
final class OutboxStore {
    private static final int BATCH = 50;

    /** Adds a message that nobody else tries before {@code lease}; returns its id. */
    long insert(Handle tx, String kind, String payload, Instant now, Instant lease) {
        return tx.createQuery("""
                        insert into outbox (kind, payload, created_at, next_attempt)
                        values (:kind, cast(:payload as jsonb), :now, :lease)
                        returning id
                        """)
                .bind("kind", kind)
                .bind("payload", payload)
                .bind("now", now)
                .bind("lease", lease)
                .mapTo(long.class)
                .one();
    }

    int remove(Handle tx, long id) {
        return tx.createUpdate("delete from outbox where id = :id")
                .bind("id", id)
                .execute();
    }

    int postpone(Handle tx, long id, Instant next, String error) {
        return tx.createUpdate("""
                        update outbox set attempts = attempts + 1, next_attempt = :next, last_error = :error
                        where id = :id
                        """)
                .bind("next", next)
                .bind("error", error)
                .bind("id", id)
                .execute();
    }

    /** Takes the messages whose time has come, so that nobody else tries them before {@code lease}. */
    List<Outbox.Message> claimDue(Handle tx, Instant now, Instant lease) {
        return tx.createQuery("""
                        update outbox set next_attempt = :lease
                        where id in (
                            select id from outbox where next_attempt <= :now
                            order by next_attempt limit :batch for update skip locked)
                        returning id, kind, payload::text as payload, attempts
                        """)
                .bind("now", now)
                .bind("lease", lease)
                .bind("batch", BATCH)
                .map((row, _) -> new Outbox.Message(
                        row.getLong("id"),
                        row.getString("kind"),
                        Outbox.parse(row.getString("payload")),
                        row.getInt("attempts")))
                .list();
    }
}
