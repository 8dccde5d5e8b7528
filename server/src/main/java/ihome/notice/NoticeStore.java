package ihome.notice;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of notices. */
final class NoticeStore {
    record Notice(long id, long order, String text, Instant createdAt) {}

    void insert(Handle tx, long account, long order, String text, Instant now) {
        tx.createUpdate("""
                        insert into notice (account_id, order_id, text, created_at)
                        values (:account, :order, :text, :now)
                        """)
                .bind("account", account)
                .bind("order", order)
                .bind("text", text)
                .bind("now", now)
                .execute();
    }

    List<Notice> newest(Handle tx, long account, int count) {
        return tx.createQuery("""
                        select id, order_id, text, created_at from notice
                        where account_id = :account order by id desc limit :count
                        """)
                .bind("account", account)
                .bind("count", count)
                .map((row, _) -> new Notice(
                        row.getLong("id"),
                        row.getLong("order_id"),
                        row.getString("text"),
                        row.getTimestamp("created_at").toInstant()))
                .list();
    }
}
