package ihome.listing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of a house's photos. Who changes them has locked the house ({@link HouseStore#lockOwn}). */
final class PhotoStore {
    int count(Handle tx, long house) {
        return tx.createQuery("select count(*) from house_image where house_id = :house")
                .bind("house", house)
                .mapTo(int.class)
                .one();
    }

    /** Adds a photo as the last, and returns its id. */
    long add(Handle tx, long house, String picture, Instant now) {
        long id = tx.createQuery("""
                        insert into house_image (house_id, picture, created_at, position)
                        select :house, :picture, :now, coalesce(max(position), 0) from house_image where house_id = :house
                        returning id
                        """)
                .bind("house", house)
                .bind("picture", picture)
                .bind("now", now)
                .mapTo(long.class)
                .one();
        tx.createUpdate("update house set main_image = :picture where id = :house and main_image is null")
                .bind("house", house)
                .bind("picture", picture)
                .execute();
        return id;
    }

    /** Removes a photo of the house and returns its picture; empty when the house has no such photo. */
    Optional<String> remove(Handle tx, long house, long photo) {
        return tx.createQuery("delete from house_image where id = :photo and house_id = :house returning picture")
                .bind("photo", photo)
                .bind("house", house)
                .mapTo(String.class)
                .findOne();
    }

    /** The ids in their order. */
    List<Long> ids(Handle tx, long house) {
        return tx.createQuery("select id from house_image where house_id = :house order by position, id")
                .bind("house", house)
                .mapTo(Long.class)
                .list();
    }

    List<OwnHouse.Photo> all(Handle tx, long house) {
        return tx.createQuery("select id, picture from house_image where house_id = :house order by position, id")
                .bind("house", house)
                .map((row, _) -> new OwnHouse.Photo(row.getLong("id"), row.getString("picture")))
                .list();
    }

    /** Puts the photos in the order of their ids' list. */
    void order(Handle tx, long house, List<Long> ids) {
        tx.createUpdate("""
                        update house_image i set position = o.place
                        from unnest(:ids) with ordinality as o (id, place)
                        where i.id = o.id and i.house_id = :house
                        """)
                .bind("house", house)
                .bindArray("ids", Long.class, ids)
                .execute();
    }

    /** Makes the first photo the house's main image; without photos it has none. */
    void showFirst(Handle tx, long house) {
        tx.createUpdate("""
                        update house set main_image = (select picture from house_image
                                                       where house_id = :house order by position, id limit 1)
                        where id = :house
                        """).bind("house", house).execute();
    }
}
