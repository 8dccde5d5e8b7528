package ihome.booking;

import ihome.platform.money.Money;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of money that goes back. */
final class RefundStore {
    void insert(Handle tx, long order, Money lodging, Money deposit, Settlement.Why why, String payment, Instant now) {
        tx.createUpdate("""
                        insert into refund (order_id, lodging, deposit, why, payment, created_at)
                        values (:order, :lodging, :deposit, :why, :payment, :now)
                        """)
                .bind("order", order)
                .bind("lodging", lodging.fen())
                .bind("deposit", deposit.fen())
                .bind("why", why.name())
                .bind("payment", payment)
                .bind("now", now)
                .execute();
    }

    List<OrderPayments.OpenRefund> lockOpen(Handle tx, int count) {
        return tx.createQuery("""
                        select id, order_id, payment, lodging, deposit from refund
                        where done_at is null order by id limit :count for update skip locked
                        """)
                .bind("count", count)
                .map((row, _) -> new OrderPayments.OpenRefund(
                        row.getLong("id"),
                        row.getLong("order_id"),
                        row.getString("payment"),
                        new Money(row.getLong("lodging")),
                        new Money(row.getLong("deposit"))))
                .list();
    }

    /** False when it was done before. */
    boolean done(Handle tx, long refund, Instant now) {
        return tx.createUpdate("update refund set done_at = :now where id = :id and done_at is null")
                        .bind("now", now)
                        .bind("id", refund)
                        .execute()
                == 1;
    }
}
