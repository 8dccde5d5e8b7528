package ihome.payment;

import ihome.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** SQL of what waits for a person's decision about payments. */
final class SettlementStore {
    private static final RowMapper<Discrepancy> DISCREPANCY = (row, _) -> new Discrepancy(
            row.getLong("id"),
            row.getLong("order_id"),
            row.getString("trade"),
            Optional.ofNullable(row.getString("number")),
            Discrepancy.Kind.valueOf(row.getString("kind")),
            new Money(row.getLong("amount")),
            row.getTimestamp("found_at").toInstant());

    /** False when the same was found before. */
    boolean found(Handle tx, Trade trade, Discrepancy.Kind kind, Money amount, Instant now) {
        return tx.createUpdate("""
                        insert into payment_discrepancy (payment_id, order_id, kind, amount, found_at)
                        values (:payment, :order, :kind, :amount, :now)
                        on conflict (payment_id, kind, amount) do nothing
                        """)
                        .bind("payment", trade.id())
                        .bind("order", trade.order())
                        .bind("kind", kind.name())
                        .bind("amount", amount.fen())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Whether a trade was closed although it had been paid: all its money went back past this site. */
    boolean wasClosedAfterPayment(Handle tx, long payment) {
        return tx.createQuery("""
                        select exists (select from payment_discrepancy
                                       where payment_id = :payment and kind = 'CLOSED_AFTER_PAYMENT')
                        """).bind("payment", payment).mapTo(boolean.class).one();
    }

    /** What went back past this site of a payment and was found before, settled or not. */
    Money knownOutside(Handle tx, long payment) {
        return new Money(
                tx.createQuery("""
                        select coalesce(sum(amount), 0) from payment_discrepancy
                        where payment_id = :payment and kind = 'REFUNDED_OUTSIDE'
                        """).bind("payment", payment).mapTo(long.class).one());
    }

    List<Discrepancy> open(Handle tx, int most) {
        return tx.createQuery("""
                        select d.*, p.trade, p.number from payment_discrepancy d join payment p on p.id = d.payment_id
                        where d.settled_at is null order by d.id limit :most
                        """).bind("most", most).map(DISCREPANCY).list();
    }

    Optional<Discrepancy> lockOpen(Handle tx, long id) {
        return tx.createQuery("""
                        select d.*, p.trade, p.number from payment_discrepancy d join payment p on p.id = d.payment_id
                        where d.id = :id and d.settled_at is null for update of d
                        """).bind("id", id).map(DISCREPANCY).findOne();
    }

    void settled(Handle tx, long discrepancy, Instant now) {
        tx.createUpdate("update payment_discrepancy set settled_at = :now where id = :id")
                .bind("now", now)
                .bind("id", discrepancy)
                .execute();
    }

    void record(Handle tx, Instant at, String who, String what, long order, String how, String reason) {
        tx.createUpdate("""
                        insert into payment_settlement (at, who, what, order_id, how, reason)
                        values (:at, :who, :what, :order, :how, :reason)
                        """)
                .bind("at", at)
                .bind("who", who)
                .bind("what", what)
                .bind("order", order)
                .bind("how", how)
                .bind("reason", reason)
                .execute();
    }

    int openCount(Handle tx) {
        return tx.createQuery("select count(*) from payment_discrepancy where settled_at is null")
                .mapTo(int.class)
                .one();
    }
}
