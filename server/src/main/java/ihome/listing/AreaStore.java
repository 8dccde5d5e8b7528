package ihome.listing;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of the areas. */
final class AreaStore {
    /** A district. */
    record Area(int id, String name) {}

    List<Area> all(Handle tx) {
        return tx.createQuery("select id, name from area order by id")
                .map((row, _) -> new Area(row.getInt("id"), row.getString("name")))
                .list();
    }
}
