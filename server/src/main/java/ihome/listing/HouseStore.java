package ihome.listing;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** All SQL of houses but the search's. */
final class HouseStore {
    static final String AREA_EXISTS = "house_area_id_fkey";

    long insert(Handle tx, long owner, NewHouse house, Instant now) {
        return tx.createQuery("""
                        insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity,
                                           beds, deposit, min_days, max_days, instant_booking, cancellation_policy, created_at)
                        values (:owner, :title, :price, :area, :address, :rooms, :acreage, :unit, :capacity,
                                :beds, :deposit, :minDays, :maxDays, :instantBooking, :policy, :now)
                        returning id
                        """)
                .bind("owner", owner)
                .bind("title", house.title())
                .bind("price", house.price().fen())
                .bind("area", house.areaId())
                .bind("address", house.address())
                .bind("rooms", house.roomCount())
                .bind("acreage", house.acreage())
                .bind("unit", house.unit())
                .bind("capacity", house.capacity())
                .bind("beds", house.beds())
                .bind("deposit", house.deposit().fen())
                .bind("minDays", house.minDays())
                .bind("maxDays", house.maxDays())
                .bind("instantBooking", house.instantBooking())
                .bind("policy", house.policy().wire())
                .bind("now", now)
                .mapTo(long.class)
                .one();
    }

    /** Adds those of the facilities that exist. */
    void addFacilities(Handle tx, long house, List<Integer> facilities) {
        tx.createUpdate("""
                        insert into house_facility (house_id, facility_id)
                        select :house, id from facility where id = any(:ids)
                        """)
                .bind("house", house)
                .bindArray("ids", Integer.class, facilities)
                .execute();
    }

    Optional<Long> owner(Handle tx, long house) {
        return tx.createQuery("select owner_id from house where id = :house")
                .bind("house", house)
                .mapTo(Long.class)
                .findOne();
    }

    /** Locks the owner's house against other photos and returns how many it has. */
    int lockPhotos(Handle tx, long house, long owner) {
        int _ = tx.createQuery("select 1 from house where id = :house and owner_id = :owner for update")
                .bind("house", house)
                .bind("owner", owner)
                .mapTo(int.class)
                .findOne()
                .orElseThrow(ListingProblem.NO_SUCH_HOUSE::refusal);
        return tx.createQuery("select count(*) from house_image where house_id = :house")
                .bind("house", house)
                .mapTo(int.class)
                .one();
    }

    void addPhoto(Handle tx, long house, String picture, Instant now) {
        tx.createUpdate("insert into house_image (house_id, picture, created_at) values (:house, :picture, :now)")
                .bind("house", house)
                .bind("picture", picture)
                .bind("now", now)
                .execute();
        tx.createUpdate("update house set main_image = :picture where id = :house and main_image is null")
                .bind("house", house)
                .bind("picture", picture)
                .execute();
    }

    Optional<HouseDetail> detail(Handle tx, long house) {
        return tx.createQuery("""
                        select h.*, a.name as owner_name, a.avatar as owner_avatar,
                               array(select i.picture from house_image i where i.house_id = h.id order by i.id) as pictures,
                               array(select f.facility_id::int from house_facility f where f.house_id = h.id
                                     order by f.facility_id) as facilities
                        from house h join account a on a.id = h.owner_id
                        where h.id = :house
                        """)
                .bind("house", house)
                .map((row, _) -> detail(row))
                .findOne();
    }

    private static HouseDetail detail(ResultSet row) throws SQLException {
        return new HouseDetail(
                row.getLong("id"),
                row.getLong("owner_id"),
                row.getString("owner_name"),
                row.getString("owner_avatar"),
                row.getString("title"),
                row.getLong("price"),
                row.getString("address"),
                row.getInt("room_count"),
                row.getInt("acreage"),
                row.getString("unit"),
                row.getInt("capacity"),
                row.getString("beds"),
                row.getLong("deposit"),
                row.getInt("min_days"),
                row.getInt("max_days"),
                Arrays.asList(strings(row.getArray("pictures"))),
                Arrays.asList(integers(row.getArray("facilities"))),
                row.getBoolean("instant_booking"),
                row.getString("cancellation_policy"),
                row.getLong("rating_sum"),
                row.getInt("rating_count"));
    }

    List<HouseSummary> ofOwner(Handle tx, long owner) {
        return tx.createQuery(HouseSummary.SELECT + " where h.owner_id = :owner order by h.created_at desc, h.id desc")
                .bind("owner", owner)
                .map((row, _) -> HouseSummary.of(row))
                .list();
    }

    /** The houses with most orders among those that have a main image. */
    List<HouseSummary> slides(Handle tx, int count) {
        return tx.createQuery(HouseSummary.SELECT
                        + " where h.main_image is not null order by h.order_count desc, h.id desc limit :count")
                .bind("count", count)
                .map((row, _) -> HouseSummary.of(row))
                .list();
    }

    private static String[] strings(Array array) throws SQLException {
        return (String[]) array.getArray();
    }

    private static Integer[] integers(Array array) throws SQLException {
        return (Integer[]) array.getArray();
    }
}
