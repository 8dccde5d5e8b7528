package ihome.listing;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of the cities and their areas, as they are read. */
final class AreaStore {
    /**
     * An area.
     *
     * @param nameEnglish the name where it has no English one
     * @param houses how many are published there
     * @param open whether hosts may publish houses there
     * @param papers what they need to have for one
     */
    record Area(int id, String name, String nameEnglish, int houses, boolean open, List<String> papers) {
        Area {
            papers = List.copyOf(papers);
        }
    }

    /**
     * A city.
     *
     * @param latitude of the map's centre, in degrees
     * @param houses how many are published there
     */
    record City(int id, String name, String nameEnglish, double latitude, double longitude, int houses) {}

    private static final String AREAS_OF = """
            select area.id, area.name, coalesce(area.name_en, area.name) as name_en, coalesce(listed.houses, 0) as houses,
                   area.open, area.papers
            from area
            left join (select area_id, count(*) as houses from house where published group by area_id) listed
                on listed.area_id = area.id
            where area.city_id =\s""";

    /** Of the city that is meant where none is named. */
    List<Area> ofDefaultCity(Handle tx) {
        return tx.createQuery(AREAS_OF + "(select id from city order by place, id limit 1) order by area.id")
                .map((row, _) -> area(row))
                .list();
    }

    /** None for a city that there is not. */
    List<Area> ofCity(Handle tx, int city) {
        return tx.createQuery(AREAS_OF + ":city order by area.id")
                .bind("city", city)
                .map((row, _) -> area(row))
                .list();
    }

    private static Area area(ResultSet row) throws SQLException {
        Array papers = row.getArray("papers");
        return new Area(
                row.getInt("id"),
                row.getString("name"),
                row.getString("name_en"),
                row.getInt("houses"),
                row.getBoolean("open"),
                List.of((String[]) papers.getArray()));
    }

    /** The default one first. */
    List<City> cities(Handle tx) {
        return tx.createQuery("""
                        select city.id, city.name, city.name_en, city.latitude, city.longitude,
                               coalesce(listed.houses, 0) as houses
                        from city
                        left join (select area.city_id, count(*) as houses
                                   from house join area on area.id = house.area_id
                                   where house.published group by area.city_id) listed on listed.city_id = city.id
                        order by city.place, city.id
                        """)
                .map((row, _) -> new City(
                        row.getInt("id"),
                        row.getString("name"),
                        row.getString("name_en"),
                        row.getDouble("latitude"),
                        row.getDouble("longitude"),
                        row.getInt("houses")))
                .list();
    }

    /**
     * Whether hosts may not publish houses in the area; false for one that there is not. Stays so until the transaction ends:
     * waits for who is just applying a site file, and has others wait.
     */
    boolean isClosed(Handle tx, int area) {
        return tx.createQuery("select not open from area where id = :area for key share")
                .bind("area", area)
                .mapTo(boolean.class)
                .findOne()
                .orElse(false);
    }
}
