package ihome.review;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** All SQL of reviews. Whether one may be written is the order's business; here it is only kept once. */
public final class ReviewStore {
    /** Which stay a review is about. */
    public record Subject(long order, long house, long guest) {}

    /** The newest reviews of a house. */
    public List<Review> newest(Handle tx, long house, int count) {
        return tx.createQuery("""
                        select r.comment, r.stars, r.reply, r.created_at, a.name
                        from review r join account a on a.id = r.guest_id
                        where r.house_id = :house
                        order by r.created_at desc, r.order_id desc limit :count
                        """)
                .bind("house", house)
                .bind("count", count)
                .map((row, _) -> new Review(
                        row.getString("comment"),
                        row.getObject("stars", Integer.class),
                        row.getString("name"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getString("reply")))
                .list();
    }

    /** Keeps a review and counts it in the house: one more order, and the stars if there are any. */
    public void add(Handle tx, Subject stay, String comment, @Nullable Integer stars, Instant now) {
        tx.createUpdate("""
                        insert into review (order_id, house_id, guest_id, comment, stars, created_at)
                        values (:order, :house, :guest, :comment, :stars, :now)
                        """)
                .bindMethods(stay)
                .bind("comment", comment)
                .bind("stars", stars)
                .bind("now", now)
                .execute();
        tx.createUpdate("""
                        update house set order_count = order_count + 1,
                                         rating_sum = rating_sum + :stars,
                                         rating_count = rating_count + :rated
                        where id = :house
                        """)
                .bind("stars", stars == null ? 0 : stars)
                .bind("rated", stars == null ? 0 : 1)
                .bind("house", stay.house())
                .execute();
    }

    /** Adds the host's answer; false when there is no review to answer, or it has been answered. */
    public boolean reply(Handle tx, long order, String reply, Instant now) {
        return tx.createUpdate("""
                        update review set reply = :reply, replied_at = :now
                        where order_id = :order and reply is null
                        """)
                        .bind("reply", reply)
                        .bind("now", now)
                        .bind("order", order)
                        .execute()
                == 1;
    }
}
