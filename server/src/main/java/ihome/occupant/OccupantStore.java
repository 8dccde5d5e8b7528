package ihome.occupant;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** SQL of occupants. */
final class OccupantStore {
    /** As it is kept. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Sealed(int place, byte[] name, String type, byte[] number, byte @Nullable [] mobile) {}

    /**
     * What of an order matters here.
     *
     * @param needed adults and children
     * @param open whether the stay is yet to come or under way
     */
    record Stay(long guest, int needed, int infants, boolean open) {}

    /** One who arrives, with the stay, for the register. */
    record Arrival(long order, LocalDate from, LocalDate until, String title, String address, Sealed sealed) {}

    private static final String STAY = """
            select guest_id, adults + children as needed, infants, status in ('WAIT_ACCEPT', 'WAIT_PAYMENT', 'PAID') as open
            from orders where id = :order
            """;

    Optional<Stay> stay(Handle tx, long order) {
        return stay(tx, STAY, order);
    }

    /** As {@link #stay}, and nobody else changes the order before this transaction ends. */
    Optional<Stay> lock(Handle tx, long order) {
        return stay(tx, STAY + " for no key update", order);
    }

    private static Optional<Stay> stay(Handle tx, String query, long order) {
        return tx.createQuery(query)
                .bind("order", order)
                .map((row, _) -> new Stay(
                        row.getLong("guest_id"), row.getInt("needed"), row.getInt("infants"), row.getBoolean("open")))
                .findOne();
    }

    List<Sealed> of(Handle tx, long order) {
        return tx.createQuery("select * from occupant where order_id = :order order by place")
                .bind("order", order)
                .map((row, _) -> new Sealed(
                        row.getInt("place"),
                        row.getBytes("name"),
                        row.getString("id_type"),
                        row.getBytes("id_number"),
                        row.getBytes("mobile")))
                .list();
    }

    /** Instead of those that were there. */
    void replace(Handle tx, long order, List<Sealed> occupants, Instant now) {
        tx.createUpdate("delete from occupant where order_id = :order")
                .bind("order", order)
                .execute();
        PreparedBatch batch = tx.prepareBatch("""
                insert into occupant (order_id, place, name, id_type, id_number, mobile, created_at)
                values (:order, :place, :name, :type, :number, :mobile, :now)
                """);
        for (Sealed each : occupants) {
            batch.bind("order", order)
                    .bind("place", each.place())
                    .bind("name", each.name())
                    .bind("type", each.type())
                    .bind("number", each.number())
                    .bind("mobile", each.mobile())
                    .bind("now", now)
                    .add();
        }
        int[] _ = batch.execute();
    }

    /** Of paid orders whose stay begins on a day. */
    List<Arrival> arriving(Handle tx, LocalDate day) {
        return tx.createQuery("""
                        select o.id, o.start_date, o.end_date, o.title, o.address, p.*
                        from orders o join occupant p on p.order_id = o.id
                        where o.start_date = :day and o.status in ('PAID', 'WAIT_COMMENT', 'COMPLETE')
                        order by o.id, p.place
                        """)
                .bind("day", day)
                .map((row, _) -> new Arrival(
                        row.getLong("id"),
                        row.getObject("start_date", LocalDate.class),
                        row.getObject("end_date", LocalDate.class),
                        row.getString("title"),
                        row.getString("address"),
                        new Sealed(
                                row.getInt("place"),
                                row.getBytes("name"),
                                row.getString("id_type"),
                                row.getBytes("id_number"),
                                row.getBytes("mobile"))))
                .list();
    }

    /**
     * Deletes those of stays that ended before a day, and of orders that came to nothing; returns how many. An order that the
     * clock ended comes back with a late payment until its day of arrival is over ({@code OrderPayments}).
     */
    int sweep(Handle tx, LocalDate endedBefore, LocalDate today) {
        return tx.createUpdate("""
                        delete from occupant p using orders o
                        where o.id = p.order_id
                          and (o.end_date < :before
                               or o.status in ('CANCELED', 'REJECTED')
                                  and (o.ended_by is distinct from 'CLOCK' or o.start_date < :today))
                        """)
                .bind("before", endedBefore)
                .bind("today", today)
                .execute();
    }
}
