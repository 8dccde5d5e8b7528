package ihome.notice;

import ihome.platform.outbox.Outbox;
import ihome.platform.time.SiteTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Notices of an account. Where a channel for them is configured, each also leaves through the outbox. */
public final class Notices {
    /** The outbox's kind of message; its payload has {@code account} and {@code text}. */
    public static final String KIND = "notice";

    /** How many a list shows. */
    static final int SHOWN = 100;

    private final Outbox outbox;
    private final SiteTime time;

    public Notices(Outbox outbox, SiteTime time) {
        this.outbox = outbox;
        this.time = time;
    }

    record Notice(long id, long order, String text, Instant createdAt) {}

    /** Tells an account about an order, in the transaction of what happened to it. */
    public void tell(Handle tx, long account, long order, String text) {
        tx.createUpdate("""
                        insert into notice (account_id, order_id, text, created_at)
                        values (:account, :order, :text, :now)
                        """)
                .bind("account", account)
                .bind("order", order)
                .bind("text", text)
                .bind("now", time.now())
                .execute();
        if (outbox.delivers(KIND)) {
            // Nobody waits for it: the housekeeping delivers it after the commit.
            var _ = outbox.add(tx, KIND, Map.of("account", account, "text", text));
        }
    }

    /** The newest of an account. */
    List<Notice> newest(Handle tx, long account) {
        return tx.createQuery("""
                        select id, coalesce(order_id, 0) as order_id, text, created_at from notice
                        where account_id = :account order by id desc limit :shown
                        """)
                .bind("account", account)
                .bind("shown", SHOWN)
                .map((row, _) -> new Notice(
                        row.getLong("id"),
                        row.getLong("order_id"),
                        row.getString("text"),
                        row.getTimestamp("created_at").toInstant()))
                .list();
    }
}
