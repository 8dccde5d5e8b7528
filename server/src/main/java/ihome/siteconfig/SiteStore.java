package ihome.siteconfig;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** All SQL of {@code site.yaml}. */
final class SiteStore {
    /**
     * No other transaction applies a file, or puts a house into an area or takes one from there, until this one ends: a
     * house's area is held by its row (foreign key).
     */
    void lock(Handle tx) {
        tx.createQuery("select id from city order by id for update")
                .mapTo(Integer.class)
                .list();
        tx.createQuery("select id from area order by id for update")
                .mapTo(Integer.class)
                .list();
        tx.createQuery("select id from facility order by id for update")
                .mapTo(Integer.class)
                .list();
    }

    /** What the database says now. */
    SiteFile read(Handle tx) {
        Map<Integer, List<SiteFile.Area>> areas = new LinkedHashMap<>();
        tx.createQuery(
                        "select city_id, id, name, coalesce(name_en, name) as name_en, open, papers from area order by id")
                .map((row, _) -> Map.entry(row.getInt("city_id"), area(row)))
                .forEach(each -> areas.computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
                        .add(each.getValue()));
        List<SiteFile.City> cities = tx.createQuery(
                        "select id, name, name_en, latitude, longitude from city order by place, id")
                .map((row, _) -> new SiteFile.City(
                        row.getInt("id"),
                        row.getString("name"),
                        row.getString("name_en"),
                        row.getDouble("latitude"),
                        row.getDouble("longitude"),
                        areas.getOrDefault(row.getInt("id"), List.of())))
                .list();
        List<SiteFile.Facility> facilities = tx.createQuery(
                        "select id, name, coalesce(name_en, name) as name_en from facility where id > :usual order by id")
                .bind("usual", SiteFile.LAST_USUAL_FACILITY)
                .map((row, _) ->
                        new SiteFile.Facility(row.getInt("id"), row.getString("name"), row.getString("name_en")))
                .list();
        return new SiteFile(SiteSettings.of(settings(tx)), cities, facilities);
    }

    private static Map<String, String> settings(Handle tx) {
        Map<String, String> settings = new LinkedHashMap<>();
        tx.createQuery("select name, value from site_setting")
                .map((row, _) -> Map.entry(row.getString("name"), row.getString("value")))
                .forEach(each -> settings.put(each.getKey(), each.getValue()));
        return settings;
    }

    Optional<String> setting(Handle tx, String name) {
        return tx.createQuery("select value from site_setting where name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    void replaceSettings(Handle tx, Map<String, String> settings) {
        tx.execute("delete from site_setting");
        settings.forEach(
                (name, value) -> tx.createUpdate("insert into site_setting (name, value) values (:name, :value)")
                        .bind("name", name)
                        .bind("value", value)
                        .execute());
    }

    private static SiteFile.Area area(ResultSet row) throws SQLException {
        return new SiteFile.Area(
                row.getInt("id"),
                row.getString("name"),
                row.getString("name_en"),
                row.getBoolean("open"),
                List.of((String[]) row.getArray("papers").getArray()));
    }

    /** How many houses each area has, taken down or not; none are left out. */
    Map<Integer, Integer> housesByArea(Handle tx) {
        return counts(tx, "select area_id, count(*) from house group by area_id");
    }

    /** How many houses have each facility that is not one of the usual ones. */
    Map<Integer, Integer> housesByFacility(Handle tx) {
        return counts(
                tx,
                "select facility_id, count(*) from house_facility where facility_id > " + SiteFile.LAST_USUAL_FACILITY
                        + " group by facility_id");
    }

    private static Map<Integer, Integer> counts(Handle tx, String sql) {
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        tx.createQuery(sql)
                .map((row, _) -> Map.entry(row.getInt(1), row.getInt(2)))
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }

    /** The names of the usual facilities, which no other may have. */
    List<String> usualFacilities(Handle tx) {
        return tx.createQuery("select name from facility where id <= :usual")
                .bind("usual", SiteFile.LAST_USUAL_FACILITY)
                .mapTo(String.class)
                .list();
    }

    /**
     * So that names can be exchanged: each is unique at every moment. Until they are written anew the rows have names that no
     * file can give, with a control character ({@link ihome.platform.text.TextRule}).
     */
    void freeNames(Handle tx, List<Integer> cities, List<Integer> areas, List<Integer> facilities) {
        Map.of("city", cities, "area", areas, "facility", facilities)
                .forEach((table, ids) -> tx.createUpdate(
                                "update " + table + " set name = chr(1) || id where id = any(:ids)")
                        .bindArray("ids", Integer.class, ids)
                        .execute());
    }

    /** @param place in the order of cities, from 1 */
    void put(Handle tx, SiteFile.City city, int place) {
        tx.createUpdate("""
                        insert into city (id, name, name_en, latitude, longitude, place)
                        values (:id, :name, :english, :latitude, :longitude, :place)
                        on conflict (id) do update set name = excluded.name, name_en = excluded.name_en,
                            latitude = excluded.latitude, longitude = excluded.longitude, place = excluded.place
                        """)
                .bind("id", city.id())
                .bind("name", city.name())
                .bind("english", city.nameEnglish())
                .bind("latitude", city.latitude())
                .bind("longitude", city.longitude())
                .bind("place", place)
                .execute();
    }

    void put(Handle tx, int city, SiteFile.Area area) {
        tx.createUpdate("""
                        insert into area (id, city_id, name, name_en, open, papers)
                        values (:id, :city, :name, :english, :open, :papers)
                        on conflict (id) do update set city_id = excluded.city_id, name = excluded.name,
                            name_en = excluded.name_en, open = excluded.open, papers = excluded.papers
                        """)
                .bind("id", area.id())
                .bind("city", city)
                .bind("name", area.name())
                .bind("english", area.nameEnglish())
                .bind("open", area.open())
                .bindArray("papers", String.class, area.papers())
                .execute();
    }

    void put(Handle tx, SiteFile.Facility facility) {
        tx.createUpdate("""
                        insert into facility (id, name, name_en) values (:id, :name, :english)
                        on conflict (id) do update set name = excluded.name, name_en = excluded.name_en
                        """)
                .bind("id", facility.id())
                .bind("name", facility.name())
                .bind("english", facility.nameEnglish())
                .execute();
    }

    void removeAreas(Handle tx, List<Integer> ids) {
        tx.createUpdate("delete from area where id = any(:ids)")
                .bindArray("ids", Integer.class, ids)
                .execute();
    }

    void removeCities(Handle tx, List<Integer> ids) {
        tx.createUpdate("delete from city where id = any(:ids)")
                .bindArray("ids", Integer.class, ids)
                .execute();
    }

    void removeFacilities(Handle tx, List<Integer> ids) {
        tx.createUpdate("delete from facility where id = any(:ids)")
                .bindArray("ids", Integer.class, ids)
                .execute();
    }
}
