package ihome.review;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** All SQL of guests' reviews. Whether one may be written is the order's business; here it is only kept once. */
public final class ReviewStore {
    /**
     * Of a row {@code r}: whether others than its writer read it at the moment {@code :now}. One that was counted is shown
     * whatever the reader's clock says: that of the node that wrote or counted it may be ahead.
     */
    public static final String IS_SHOWN =
            "r.hidden_at is null and (r.counted or coalesce(r.shown_at, r.created_at) <= :now)";

    private static final String SELECT = "select r.*, a.name from review r join account a on a.id = r.guest_id";

    /** Which stay a review is about. */
    public record Subject(long order, long house, long guest) {}

    /**
     * What a guest says.
     *
     * @param stars 1 to 5, or null
     */
    public record Written(String comment, @Nullable Integer stars, Scores scores) {}

    /** The newest reviews of a house that are shown. */
    public List<Review> newest(Handle tx, long house, int count, Instant now) {
        return tx.createQuery(SELECT + " where r.house_id = :house and " + IS_SHOWN
                        + " order by r.created_at desc, r.order_id desc limit :count")
                .bind("house", house)
                .bind("now", now)
                .bind("count", count)
                .map((row, _) -> review(row))
                .list();
    }

    /** What the guest said of a stay, whether or not it is shown. */
    public Optional<Review> of(Handle tx, long order) {
        return tx.createQuery(SELECT + " where r.order_id = :order")
                .bind("order", order)
                .map((row, _) -> review(row))
                .findOne();
    }

    /** Of a house's reviews that are shown. */
    public MeanScores means(Handle tx, long house, Instant now) {
        return tx.createQuery("""
                        select round(avg(r.score_clean), 1) as clean, round(avg(r.score_accurate), 1) as accurate,
                               round(avg(r.score_check_in), 1) as check_in, round(avg(r.score_host), 1) as host,
                               round(avg(r.score_place), 1) as place, round(avg(r.score_value), 1) as value
                        from review r where r.house_id = :house and
                        """ + IS_SHOWN)
                .bind("house", house)
                .bind("now", now)
                .map((row, _) -> new MeanScores(
                        mean(row, "clean"),
                        mean(row, "accurate"),
                        mean(row, "check_in"),
                        mean(row, "host"),
                        mean(row, "place"),
                        mean(row, "value")))
                .one();
    }

    /**
     * Keeps a review and counts one more order of the house. Its stars are counted by {@link #count} once it is shown.
     *
     * @param shownAt from when others read it
     */
    public void add(Handle tx, Subject stay, Written review, Instant now, Instant shownAt) {
        tx.createUpdate("""
                        insert into review (order_id, house_id, guest_id, comment, stars, score_clean, score_accurate,
                                            score_check_in, score_host, score_place, score_value, created_at, shown_at,
                                            counted)
                        values (:order, :house, :guest, :comment, :stars, :clean, :accurate, :checkIn, :scoreHost, :place,
                                :value, :now, :shownAt, false)
                        """)
                .bindMethods(stay)
                .bind("comment", review.comment())
                .bind("stars", review.stars())
                .bind("clean", review.scores().clean())
                .bind("accurate", review.scores().accurate())
                .bind("checkIn", review.scores().checkIn())
                .bind("scoreHost", review.scores().host())
                .bind("place", review.scores().place())
                .bind("value", review.scores().value())
                .bind("now", now)
                .bind("shownAt", shownAt)
                .execute();
        tx.createUpdate("update house set order_count = order_count + 1 where id = :house")
                .bind("house", stay.house())
                .execute();
    }

    /** Others read the guest's review from now on. */
    public void reveal(Handle tx, long order, Instant now) {
        tx.createUpdate("update review set shown_at = :now where order_id = :order and shown_at > :now")
                .bind("order", order)
                .bind("now", now)
                .execute();
    }

    /** Counts the stars of an order's review in the house's rating if it is shown and was not counted; whether it was so. */
    public boolean count(Handle tx, long order, Instant now) {
        Optional<Long> house = tx.createQuery("""
                        update review r set counted = true where r.order_id = :order and not r.counted and %s
                        returning r.house_id
                        """.formatted(IS_SHOWN))
                .bind("order", order)
                .bind("now", now)
                .mapTo(Long.class)
                .findOne();
        house.ifPresent(id -> addStars(tx, order, 1));
        return house.isPresent();
    }

    private static void addStars(Handle tx, long order, int sign) {
        tx.createUpdate("""
                        update house h set rating_sum = h.rating_sum + :sign * r.stars, rating_count = h.rating_count + :sign
                        from review r where r.order_id = :order and h.id = r.house_id and r.stars is not null
                        """).bind("sign", sign).bind("order", order).execute();
    }

    /**
     * Locks some orders whose reviews are shown by now and not counted. In the order of their houses: whoever counts them
     * updates these, and two nodes that did so in different orders would wait for each other.
     */
    List<Subject> uncounted(Handle tx, Instant now, int most) {
        return tx.createQuery("""
                        with due as (
                            select order_id, house_id, guest_id from review r where not r.counted and %s
                            order by r.shown_at limit :most for update of r skip locked)
                        select * from due order by house_id, order_id
                        """.formatted(IS_SHOWN))
                .bind("now", now)
                .bind("most", most)
                .map((row, _) -> new Subject(row.getLong("order_id"), row.getLong("house_id"), row.getLong("guest_id")))
                .list();
    }

    /** Nobody but its writer reads it from now on, and its stars count no more. Empty when it was hidden before. */
    Optional<Subject> hide(Handle tx, long order, Instant now) {
        Optional<Boolean> counted =
                tx.createQuery("""
                        select counted from review where order_id = :order and hidden_at is null for update
                        """).bind("order", order).mapTo(Boolean.class).findOne();
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        if (counted.get()) {
            addStars(tx, order, -1);
        }
        return tx.createQuery("""
                        update review set hidden_at = :now, counted = false where order_id = :order
                        returning order_id, house_id, guest_id
                        """)
                .bind("order", order)
                .bind("now", now)
                .map((row, _) -> new Subject(row.getLong("order_id"), row.getLong("house_id"), row.getLong("guest_id")))
                .findOne();
    }

    /** Adds the host's answer; false when the host reads no review to answer, or it has been answered. */
    public boolean reply(Handle tx, long order, String reply, Instant now) {
        return tx.createUpdate("""
                        update review r set reply = :reply, replied_at = :now
                        where r.order_id = :order and r.reply is null and
                        """ + IS_SHOWN)
                        .bind("reply", reply)
                        .bind("now", now)
                        .bind("order", order)
                        .execute()
                == 1;
    }

    private static Review review(ResultSet row) throws SQLException {
        Instant created = row.getTimestamp("created_at").toInstant();
        Timestamp shown = row.getTimestamp("shown_at");
        return new Review(
                row.getString("comment"),
                row.getObject("stars", Integer.class),
                new Scores(
                        row.getObject("score_clean", Integer.class),
                        row.getObject("score_accurate", Integer.class),
                        row.getObject("score_check_in", Integer.class),
                        row.getObject("score_host", Integer.class),
                        row.getObject("score_place", Integer.class),
                        row.getObject("score_value", Integer.class)),
                row.getString("name"),
                created,
                row.getString("reply"),
                new Review.Shown(
                        shown == null ? created : shown.toInstant(),
                        !row.getBoolean("counted"),
                        row.getTimestamp("hidden_at") != null));
    }

    private static @Nullable BigDecimal mean(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column);
    }
}
