package ihome.platform.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** All SQL of the outbox. */
final class OutboxStore {
    private static final int BATCH = 50;

    /** Adds a message that nobody else tries before {@code lease}; returns its id. */
    long insert(Handle tx, String kind, String payload, Instant now, Instant lease, @Nullable Instant expires) {
        return tx.createQuery("""
                        insert into outbox (kind, payload, created_at, next_attempt, expires_at)
                        values (:kind, cast(:payload as jsonb), :now, :lease, cast(:expires as timestamptz))
                        returning id
                        """)
                .bind("kind", kind)
                .bind("payload", payload)
                .bind("now", now)
                .bind("lease", lease)
                .bind("expires", expires)
                .mapTo(long.class)
                .one();
    }

    /** Not one that somebody has claimed, which has another time by then. */
    int withdraw(Handle tx, Outbox.Planned planned) {
        return tx.createUpdate("delete from outbox where id = :id and state = 'waiting' and next_attempt = :at")
                .bind("id", planned.id())
                .bind("at", planned.at())
                .execute();
    }

    void withdrawAll(Handle tx, String mobile) {
        tx.createUpdate("delete from outbox where state = 'waiting' and payload ->> 'mobile' = :mobile")
                .bind("mobile", mobile)
                .execute();
    }

    boolean lock(Handle tx, Outbox.Planned planned) {
        return tx.createQuery("select id from outbox where id = :id for update")
                .bind("id", planned.id())
                .mapTo(Long.class)
                .findOne()
                .isPresent();
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
                            select id from outbox where state = 'waiting' and next_attempt <= :now
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

    /**
     * Puts on record that an attempt begins. False when the message is not to be attempted: somebody else is at it, or
     * has finished it, or it is useless by now.
     */
    boolean begin(Handle tx, long id, UUID claim, Instant now) {
        return tx.createUpdate("""
                        update outbox set state = 'sending', claim = :claim, changed_at = :now, attempts = attempts + 1
                        where id = :id and state = 'waiting' and (expires_at is null or expires_at > :now)
                        """)
                        .bind("claim", claim)
                        .bind("now", now)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** Ends an attempt for good; what the message said is forgotten. */
    int finish(Handle tx, long id, UUID claim, String state, @Nullable String error, Instant now) {
        return tx.createUpdate("""
                        update outbox set state = :state, last_error = coalesce(:error, last_error), changed_at = :now,
                            payload = '{}', claim = null
                        where id = :id and claim = :claim and state = 'sending'
                        """)
                .bind("state", state)
                .bind("error", error)
                .bind("now", now)
                .bind("id", id)
                .bind("claim", claim)
                .execute();
    }

    /** Ends an attempt that certainly did not deliver. */
    int again(Handle tx, long id, UUID claim, Instant next, String error, Instant now) {
        return tx.createUpdate("""
                        update outbox set state = 'waiting', claim = null, next_attempt = :next, last_error = :error,
                            changed_at = :now
                        where id = :id and claim = :claim and state = 'sending'
                        """)
                .bind("next", next)
                .bind("error", error)
                .bind("now", now)
                .bind("id", id)
                .bind("claim", claim)
                .execute();
    }

    /** Gives up what is useless by now; returns the kind of each. */
    List<String> expire(Handle tx, Instant now) {
        return tx.createQuery("""
                        update outbox set state = 'expired', payload = '{}', changed_at = :now
                        where state = 'waiting' and expires_at <= :now
                        returning kind
                        """).bind("now", now).mapTo(String.class).list();
    }

    /** Attempts that began before {@code before} and whose node is gone: nobody knows how they ended. */
    int abandon(Handle tx, Instant before, Instant now) {
        return tx.createUpdate("""
                        update outbox set state = 'unknown', payload = '{}', claim = null, changed_at = :now,
                            last_error = 'the server ended during the attempt'
                        where state = 'sending' and changed_at < :before
                        """).bind("before", before).bind("now", now).execute();
    }

    int forget(Handle tx, Instant before) {
        return tx.createUpdate("""
                        delete from outbox
                        where state in ('sent', 'unknown', 'refused', 'expired') and changed_at < :before
                        """).bind("before", before).execute();
    }

    /**
     * Messages of a kind and state that are not finished.
     *
     * @param ageSeconds how long the oldest has been due; 0: none is
     */
    record Backlog(String kind, String state, int messages, double ageSeconds) {}

    /** Each half reads one partial index. A planned message is not late before its time. */
    List<Backlog> backlog(Handle tx, Instant now) {
        return tx.createQuery("""
                        select kind, 'waiting' as state, count(*) as messages,
                               coalesce(extract(epoch from cast(:now as timestamptz) - min(
                                   case when attempts > 0 then created_at when next_attempt <= :now then next_attempt end)),
                                   0) as age
                        from outbox where state = 'waiting' group by kind
                        union all
                        select kind, 'sending', count(*), 0 from outbox where state = 'sending' group by kind
                        """)
                .bind("now", now)
                .map((row, _) -> new Backlog(
                        row.getString("kind"),
                        row.getString("state"),
                        row.getInt("messages"),
                        Math.max(0, row.getDouble("age"))))
                .list();
    }

    Map<String, Integer> counts(Handle tx, String kind) {
        Map<String, Integer> counts = new TreeMap<>();
        tx.createQuery("select state, count(*) as messages from outbox where kind = :kind group by state")
                .bind("kind", kind)
                .map((row, _) -> Map.entry(row.getString("state"), row.getInt("messages")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    List<OutboxStatus.Failure> failures(Handle tx, String kind, int most) {
        return tx.createQuery("""
                        select id, coalesce(changed_at, created_at) as at, state, attempts, last_error
                        from outbox where kind = :kind and last_error is not null
                        order by coalesce(changed_at, created_at) desc, id desc limit :most
                        """)
                .bind("kind", kind)
                .bind("most", most)
                .map((row, _) -> new OutboxStatus.Failure(
                        row.getLong("id"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("state"),
                        row.getInt("attempts"),
                        row.getString("last_error")))
                .list();
    }
}
