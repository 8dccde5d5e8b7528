package ihome.platform.idempotency;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of idempotency keys. */
final class IdempotencyStore {
    /**
     * Claims a key that nobody has, or whose time is over. Waits for a transaction that has claimed it and not ended
     * yet. False when somebody has it.
     */
    boolean claim(Handle tx, IdempotencyKeys.Key key, String asked, Instant now, Instant expired) {
        return tx.createUpdate("""
                        insert into idempotency as i (account_id, operation, key, asked, created_at)
                        values (:account, :operation, :key, :sha, :now)
                        on conflict (account_id, operation, key) do update
                        set asked = excluded.asked, answer = null, created_at = excluded.created_at
                        where i.created_at <= :expired
                        """)
                        .bindMethods(key)
                        .bind("sha", asked)
                        .bind("now", now)
                        .bind("expired", expired)
                        .execute()
                == 1;
    }

    /** The answer to a key that stands for the same; empty when it stands for something else. */
    Optional<String> answer(Handle tx, IdempotencyKeys.Key key, String asked) {
        return tx.createQuery("""
                        select answer from idempotency
                        where account_id = :account and operation = :operation and key = :key and asked = :sha
                        """)
                .bindMethods(key)
                .bind("sha", asked)
                .mapTo(String.class)
                .findOne();
    }

    void setAnswer(Handle tx, IdempotencyKeys.Key key, String answer) {
        tx.createUpdate("""
                        update idempotency set answer = :answer
                        where account_id = :account and operation = :operation and key = :key
                        """).bind("answer", answer).bindMethods(key).execute();
    }

    void deleteOf(Handle tx, long account) {
        tx.createUpdate("delete from idempotency where account_id = :account")
                .bind("account", account)
                .execute();
    }

    int deleteUntil(Handle tx, Instant expired) {
        return tx.createUpdate("delete from idempotency where created_at <= :expired")
                .bind("expired", expired)
                .execute();
    }
}
