package ihome.platform.ephemeral;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** SQL of {@link Lease}. */
final class LeaseStore {
    private LeaseStore() {}

    /** Takes or renews it; false while somebody else holds it. */
    static boolean take(Handle handle, String key, String holder, Instant now, Instant until) {
        return handle.createUpdate("""
                        insert into ephemeral (key, value, misses, expires_at) values (:key, :holder, 0, :until)
                        on conflict (key) do update set value = excluded.value, expires_at = excluded.expires_at
                        where ephemeral.value = excluded.value or ephemeral.expires_at <= :now
                        """)
                        .bind("key", key)
                        .bind("holder", holder)
                        .bind("until", until)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    static int giveBack(Handle handle, String key, String holder) {
        return handle.createUpdate("delete from ephemeral where key = :key and value = :holder")
                .bind("key", key)
                .bind("holder", holder)
                .execute();
    }
}
