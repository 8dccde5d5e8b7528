package ihome.cache;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Whose houses show an account's name and avatar. */
final class OwnerStore {
    private OwnerStore() {}

    static List<Long> houses(Handle handle, long owner) {
        return handle.createQuery("select id from house where owner_id = :owner")
                .bind("owner", owner)
                .mapTo(Long.class)
                .list();
    }
}
