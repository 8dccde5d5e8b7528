package ihome.web;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The ids of houses, for the site map. */
final class SiteMapStore {
    private SiteMapStore() {}

    /** The highest id; 0 when there is no house. */
    static long lastId(Handle tx) {
        return tx.createQuery("select coalesce(max(id), 0) from house")
                .mapTo(long.class)
                .one();
    }

    static List<Long> ids(Handle tx, long from, int range) {
        return tx.createQuery("select id from house where id >= :from and id < :until and published order by id")
                .bind("from", from)
                .bind("until", from + range)
                .mapTo(Long.class)
                .list();
    }
}
