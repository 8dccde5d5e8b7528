package ihome.review;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** All SQL of what hosts say of their guests. */
public final class GuestReviewStore {
    /** Of a row {@code g}: whether it was never kept back, or is kept back no longer because both sides have written. */
    private static final String NOT_KEPT_BACK =
            "(g.shown_at <= g.created_at or exists (select from review where order_id = g.order_id))";

    /**
     * Of a row {@code g}: whether the guest reads it at the moment {@code :now}. What is not kept back is shown whatever the
     * reader's clock says: that of the node that wrote it may be ahead.
     */
    static final String IS_SHOWN = "g.hidden_at is null and (" + NOT_KEPT_BACK + " or g.shown_at <= :now)";

    /** Which stay it is about. */
    public record Subject(long order, long guest, long host) {}

    /** Keeps it. False when the order has one: a second one is not kept. */
    public boolean add(Handle tx, Subject stay, int stars, String text, Instant now, Instant shownAt) {
        return tx.createUpdate("""
                        insert into guest_review (order_id, guest_id, host_id, stars, text, created_at, shown_at)
                        values (:order, :guest, :host, :stars, :text, :now, :shownAt)
                        on conflict (order_id) do nothing
                        """)
                        .bindMethods(stay)
                        .bind("stars", stars)
                        .bind("text", text)
                        .bind("now", now)
                        .bind("shownAt", shownAt)
                        .execute()
                == 1;
    }

    /** What the host said of the guest of an order, whether or not it is shown. */
    public Optional<GuestReview> of(Handle tx, long order) {
        return tx.createQuery("select g.*, not " + NOT_KEPT_BACK
                        + " as kept_back from guest_review g where g.order_id = :order")
                .bind("order", order)
                .map((row, _) -> new GuestReview(
                        row.getInt("stars"),
                        row.getString("text"),
                        row.getTimestamp("created_at").toInstant(),
                        new Review.Shown(
                                row.getTimestamp("shown_at").toInstant(),
                                row.getBoolean("kept_back"),
                                row.getTimestamp("hidden_at") != null)))
                .findOne();
    }

    /** What hosts gave each of these guests, as far as it is shown; guests without any are left out. */
    public Map<Long, Rating> ratings(Handle tx, Collection<Long> guests, Instant now) {
        return tx
                .createQuery("""
                        select guest_id, sum(stars) as sum, count(*) as count from guest_review g
                        where guest_id = any(:guests) and %s group by guest_id
                        """.formatted(IS_SHOWN))
                .bindArray("guests", Long.class, guests)
                .bind("now", now)
                .map((row, _) ->
                        Map.entry(row.getLong("guest_id"), new Rating(row.getLong("sum"), row.getInt("count"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The guest reads it from now on, and it counts. */
    public void reveal(Handle tx, long order, Instant now) {
        tx.createUpdate("update guest_review set shown_at = :now where order_id = :order and shown_at > :now")
                .bind("order", order)
                .bind("now", now)
                .execute();
    }

    /** Nobody but its writer reads it from now on, and it counts no more; false when it was hidden before. */
    boolean hide(Handle tx, long order, Instant now) {
        return tx.createUpdate("""
                        update guest_review set hidden_at = :now where order_id = :order and hidden_at is null
                        """).bind("order", order).bind("now", now).execute() == 1;
    }
}
