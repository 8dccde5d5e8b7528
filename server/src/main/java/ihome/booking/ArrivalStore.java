package ihome.booking;

import org.jdbi.v3.core.Handle;

/** SQL of how to get into a house. Who asks has checked that the answer is for its reader ({@link Order#tellsHowToGetIn}). */
final class ArrivalStore {
    /** As the house says it now, whether or not it is still published. */
    ArrivalInfo of(Handle tx, long house) {
        return tx.createQuery("""
                        select coalesce(p.door, '') as door, coalesce(p.arrival_guide, '') as guide, h.latitude, h.longitude
                        from house h left join house_arrival p on p.house_id = h.id
                        where h.id = :house
                        """)
                .bind("house", house)
                .map((row, _) -> new ArrivalInfo(
                        row.getString("door"),
                        row.getString("guide"),
                        row.getObject("latitude", Double.class),
                        row.getObject("longitude", Double.class)))
                .one();
    }

    /** How many occupants of an order are named. */
    int occupants(Handle tx, long order) {
        return tx.createQuery("select count(*) from occupant where order_id = :order")
                .bind("order", order)
                .mapTo(int.class)
                .one();
    }
}
