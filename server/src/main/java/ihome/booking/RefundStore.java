package ihome.booking;

import ihome.platform.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** SQL of money that goes back. */
final class RefundStore {
    /**
     * Money of an order that goes back, or went back.
     *
     * @param doneAt when the provider had it; null before
     * @param waitsUntil when the deposit of an ended stay goes back by itself; null of everything else, while it is claimed,
     *     and once the provider was asked
     */
    record Returned(
            long order,
            Settlement.Why why,
            Money lodging,
            Money deposit,
            Instant createdAt,
            @Nullable Instant doneAt,
            @Nullable Instant waitsUntil) {}

    /** What goes back of some orders, the oldest first. */
    List<Returned> of(Handle tx, Collection<Long> orders) {
        return tx.createQuery("""
                        select order_id, case when change_id is null then why else 'CHANGED' end as why, lodging, deposit,
                               created_at, done_at,
                               case when why = 'STAY_ENDED' and done_at is null and attempts = 0 and isfinite(next_attempt)
                                    then next_attempt end as waits_until
                        from refund where order_id = any(:orders) order by id
                        """)
                .bindArray("orders", Long.class, orders)
                .map((row, _) -> {
                    Timestamp done = row.getTimestamp("done_at");
                    Timestamp waits = row.getTimestamp("waits_until");
                    return new Returned(
                            row.getLong("order_id"),
                            Settlement.Why.valueOf(row.getString("why")),
                            new Money(row.getLong("lodging")),
                            new Money(row.getLong("deposit")),
                            row.getTimestamp("created_at").toInstant(),
                            done == null ? null : done.toInstant(),
                            waits == null ? null : waits.toInstant());
                })
                .list();
    }

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

    /**
     * Of a change to a cheaper stay; due now. A version that knows no changes reads a refund of a cancellation.
     */
    void insertOfChange(Handle tx, long order, Money lodging, long change, String payment, Instant now) {
        tx.createUpdate("""
                        insert into refund (order_id, lodging, deposit, why, payment, change_id, created_at, next_attempt)
                        values (:order, :lodging, 0, 'CANCELED', :payment, :change, :now, :now)
                        """)
                .bind("order", order)
                .bind("lodging", lodging.fen())
                .bind("payment", payment)
                .bind("change", change)
                .bind("now", now)
                .execute();
    }

    /** The deposit of a stay that has ended is due now; false when it is not waiting for its time. */
    boolean release(Handle tx, long order, Instant now) {
        return tx.createUpdate("""
                        update refund set next_attempt = :now
                        where order_id = :order and why = 'STAY_ENDED' and done_at is null and attempts = 0
                          and next_attempt > :now
                        """).bind("now", now).bind("order", order).execute() == 1;
    }

    /**
     * The deposit of a stay that has ended stays until its claim is closed; false when it is not waiting for its time. An
     * attempt that another node has begun is seen: this statement waits for it.
     */
    boolean hold(Handle tx, long order, Instant now) {
        return tx.createUpdate("""
                        update refund set next_attempt = 'infinity'
                        where order_id = :order and why = 'STAY_ENDED' and done_at is null and attempts = 0
                          and next_attempt > :now and next_attempt < 'infinity'
                        """).bind("order", order).bind("now", now).execute() == 1;
    }

    /** A part of a held deposit goes elsewhere, the rest goes back now; false when none is held. */
    boolean takeFromHeld(Handle tx, long order, Money part, Instant now) {
        String held = " where order_id = :order and why = 'STAY_ENDED' and done_at is null and attempts = 0"
                + " and next_attempt = 'infinity'";
        int whole = tx.createUpdate("delete from refund" + held + " and lodging = 0 and deposit = :part")
                .bind("order", order)
                .bind("part", part.fen())
                .execute();
        return whole == 1
                || tx.createUpdate("update refund set deposit = deposit - :part, next_attempt = :now" + held
                                        + " and deposit > :part")
                                .bind("order", order)
                                .bind("part", part.fen())
                                .bind("now", now)
                                .execute()
                        == 1;
    }

    /** Some refunds that are due, for one attempt each. The wait doubles from ten seconds to an hour. */
    List<OrderPayments.OpenRefund> claim(Handle tx, Instant now, int count) {
        return tx.createQuery("""
                        update refund r
                        set attempts = r.attempts + 1,
                            next_attempt = cast(:now as timestamptz) + least(10 * power(2, least(r.attempts, 20)), 3600) * interval '1 second'
                        from (select id from refund where done_at is null and refused_at is null and next_attempt <= :now
                              order by next_attempt, id limit :count for update skip locked) due
                        where r.id = due.id
                        returning r.id, r.order_id, r.payment, r.lodging, r.deposit
                        """)
                .bind("now", now)
                .bind("count", count)
                .map((row, _) -> open(row))
                .list();
    }

    void failed(Handle tx, long refund, String why) {
        tx.createUpdate("update refund set error = :why where id = :id and done_at is null")
                .bind("why", why)
                .bind("id", refund)
                .execute();
    }

    /** The provider has refused it for good; after so many attempts it is not asked again. True when that is now. */
    boolean refused(Handle tx, long refund, String why, int attempts, Instant now) {
        return tx.createQuery("""
                        update refund set error = :why,
                            refused_at = case when attempts >= :attempts then cast(:now as timestamptz) end
                        where id = :id and done_at is null and refused_at is null
                        returning refused_at is not null
                        """)
                .bind("why", why)
                .bind("attempts", attempts)
                .bind("now", now)
                .bind("id", refund)
                .mapTo(boolean.class)
                .findOne()
                .orElse(false);
    }

    List<RefundDecisions.Refused> refused(Handle tx, int most) {
        return tx.createQuery("""
                        select * from refund where done_at is null and refused_at is not null order by id limit :most
                        """)
                .bind("most", most)
                .map((row, _) -> new RefundDecisions.Refused(
                        row.getLong("id"),
                        row.getLong("order_id"),
                        new Money(row.getLong("lodging") + row.getLong("deposit")),
                        row.getInt("attempts"),
                        String.valueOf(row.getString("error")),
                        row.getTimestamp("refused_at").toInstant()))
                .list();
    }

    int refusedCount(Handle tx) {
        return tx.createQuery("select count(*) from refund where done_at is null and refused_at is not null")
                .mapTo(int.class)
                .one();
    }

    Optional<OrderPayments.OpenRefund> lockRefused(Handle tx, long refund) {
        return tx.createQuery("""
                        select * from refund where id = :id and done_at is null and refused_at is not null for update
                        """).bind("id", refund).map((row, _) -> open(row)).findOne();
    }

    void askAgain(Handle tx, long refund) {
        tx.createUpdate("""
                        update refund set refused_at = null, attempts = 0, next_attempt = '-infinity' where id = :id
                        """).bind("id", refund).execute();
    }

    /** What this site has asked a provider to send back of a payment, made or under way. */
    Money askedFor(Handle tx, String payment) {
        return new Money(
                tx.createQuery("""
                        select coalesce(sum(lodging + deposit), 0) from refund
                        where payment = :payment and (done_at is not null or attempts > 0)
                        """).bind("payment", payment).mapTo(long.class).one());
    }

    private static OrderPayments.OpenRefund open(ResultSet row) throws SQLException {
        return new OrderPayments.OpenRefund(
                row.getLong("id"),
                row.getLong("order_id"),
                row.getString("payment"),
                new Money(row.getLong("lodging")),
                new Money(row.getLong("deposit")));
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
