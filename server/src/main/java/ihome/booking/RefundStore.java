package ihome.booking;

import ihome.platform.money.Money;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of money that goes back. */
final class RefundStore {
    /** @param due when it is attempted first */
    void insert(
            Handle tx,
            long order,
            Money lodging,
            Money deposit,
            Settlement.Why why,
            String payment,
            Instant now,
            Instant due) {
        tx.createUpdate("""
                        insert into refund (order_id, lodging, deposit, why, payment, created_at, next_attempt)
                        values (:order, :lodging, :deposit, :why, :payment, :now, :due)
                        """)
                .bind("order", order)
                .bind("lodging", lodging.fen())
                .bind("deposit", deposit.fen())
                .bind("why", why.name())
                .bind("payment", payment)
                .bind("now", now)
                .bind("due", due)
                .execute();
    }

    /** The deposit of a stay that has ended is due now; false when it is not waiting for its time. */
    boolean release(Handle tx, long order, Instant now) {
        return tx.createUpdate("""
                        update refund set next_attempt = :now
                        where order_id = :order and why = 'STAY_ENDED' and done_at is null and attempts = 0
                          and next_attempt > :now
                        """).bind("now", now).bind("order", order).execute()
                == 1;
    }

    /** Some refunds that are due, for one attempt each. The wait doubles from ten seconds to an hour. */
    List<OrderPayments.OpenRefund> claim(Handle tx, Instant now, int count) {
        return tx.createQuery("""
                        update refund r
                        set attempts = r.attempts + 1,
                            next_attempt = cast(:now as timestamptz) + least(10 * power(2, least(r.attempts, 20)), 3600) * interval '1 second'
                        from (select id from refund where done_at is null and next_attempt <= :now
                              order by next_attempt, id limit :count for update skip locked) due
                        where r.id = due.id
                        returning r.id, r.order_id, r.payment, r.lodging, r.deposit
                        """)
                .bind("now", now)
                .bind("count", count)
                .map((row, _) -> new OrderPayments.OpenRefund(
                        row.getLong("id"),
                        row.getLong("order_id"),
                        row.getString("payment"),
                        new Money(row.getLong("lodging")),
                        new Money(row.getLong("deposit"))))
                .list();
    }

    void failed(Handle tx, long refund, String why) {
        tx.createUpdate("update refund set error = :why where id = :id and done_at is null")
                .bind("why", why)
                .bind("id", refund)
                .execute();
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
