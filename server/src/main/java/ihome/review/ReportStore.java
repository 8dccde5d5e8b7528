package ihome.review;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** All SQL of reported reviews. */
public final class ReportStore {
    /** Who wrote what is reported; the other one reports it. */
    enum Author {
        GUEST,
        HOST
    }

    /**
     * A report.
     *
     * @param said what is reported: the words of the review; null when there is none any more
     * @param decision {@code HIDDEN} or {@code KEPT}; null while it waits for one
     */
    record Report(
            long id,
            long order,
            Author author,
            String reason,
            String text,
            @Nullable String said,
            Instant createdAt,
            @Nullable String decision) {}

    private static final String SELECT = """
            select p.*, case p.author when 'GUEST' then r.comment else g.text end as said
            from review_report p left join review r on r.order_id = p.order_id
                 left join guest_review g on g.order_id = p.order_id
            """;

    /** Whose review of an order an account reads as the other side; empty when it reads none. */
    Optional<Author> read(Handle tx, long order, long account, Instant now) {
        return tx.createQuery("""
                        select 'GUEST' from review r join house h on h.id = r.house_id
                        where r.order_id = :order and h.owner_id = :account and %s
                        union all
                        select 'HOST' from guest_review g
                        where g.order_id = :order and g.guest_id = :account and %s
                        """.formatted(ReviewStore.IS_SHOWN, GuestReviewStore.IS_SHOWN))
                .bind("order", order)
                .bind("account", account)
                .bind("now", now)
                .mapTo(Author.class)
                .findOne();
    }

    /** Whether an account has reported what the other side of an order said, as far as reports are kept. */
    public boolean isReported(Handle tx, long order, long reporter) {
        return tx.createQuery(
                        "select exists (select 1 from review_report where order_id = :order and reporter = :reporter)")
                .bind("order", order)
                .bind("reporter", reporter)
                .mapTo(boolean.class)
                .one();
    }

    /** The new report's id; empty when this review was reported before. */
    Optional<Long> add(Handle tx, long order, Author author, long reporter, String reason, String text, Instant now) {
        return tx.createQuery("""
                        insert into review_report (order_id, author, reporter, reason, text, created_at)
                        values (:order, :author, :reporter, :reason, :text, :now)
                        on conflict on constraint review_report_once do nothing returning id
                        """)
                .bind("order", order)
                .bind("author", author.name())
                .bind("reporter", reporter)
                .bind("reason", reason)
                .bind("text", text)
                .bind("now", now)
                .mapTo(Long.class)
                .findOne();
    }

    /** Those that wait for a decision, the oldest first. */
    List<Report> open(Handle tx, int most) {
        return tx.createQuery(SELECT + " where p.decision is null order by p.id limit :most")
                .bind("most", most)
                .map((row, _) -> new Report(
                        row.getLong("id"),
                        row.getLong("order_id"),
                        Author.valueOf(row.getString("author")),
                        row.getString("reason"),
                        row.getString("text"),
                        row.getString("said"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getString("decision")))
                .list();
    }

    /** What was decided: whose review of which order. */
    record Decided(long order, Author author) {}

    /** Writes down a decision; empty when there is no such report that waits for one. */
    Optional<Decided> decide(Handle tx, long id, String decision, String note, String who, Instant now) {
        return tx.createQuery("""
                        update review_report set decision = :decision, note = :note, decided_by = :who, decided_at = :now
                        where id = :id and decision is null returning order_id, author
                        """)
                .bind("id", id)
                .bind("decision", decision)
                .bind("note", note)
                .bind("who", who)
                .bind("now", now)
                .map((row, _) -> new Decided(row.getLong("order_id"), Author.valueOf(row.getString("author"))))
                .findOne();
    }

    /** Forgets those that were decided by a moment; returns how many. */
    int deleteDecidedUntil(Handle tx, Instant until) {
        return tx.createUpdate("delete from review_report where decided_at <= :until")
                .bind("until", until)
                .execute();
    }
}
