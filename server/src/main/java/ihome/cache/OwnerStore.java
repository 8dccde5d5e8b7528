package ihome.cache;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which houses' pages show an account's name: as their host's, or under a comment. */
final class OwnerStore {
    private OwnerStore() {}

    static List<Long> houses(Handle handle, long account) {
        return handle.createQuery("""
                        select id from house where owner_id = :account
                        union select house_id from review where guest_id = :account
                        """)
                .bind("account", account)
                .mapTo(Long.class)
                .list();
    }
}
