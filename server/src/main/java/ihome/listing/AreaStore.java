package ihome.listing;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of the areas. */
final class AreaStore {
    /**
     * A district.
     *
     * @param houses how many are published there
     */
    record Area(int id, String name, int houses) {}

    List<Area> all(Handle tx) {
        return tx.createQuery("""
                        select area.id, area.name, coalesce(listed.houses, 0) as houses
                        from area
                        left join (select area_id, count(*) as houses from house where published group by area_id) listed
                            on listed.area_id = area.id
                        order by area.id
                        """)
                .map((row, _) -> new Area(row.getInt("id"), row.getString("name"), row.getInt("houses")))
                .list();
    }
}
