package ihome.booking;

import ihome.platform.db.JdbcStatements;
import ihome.platform.money.Money;
import ihome.pricing.Charge;
import ihome.pricing.Discount;
import ihome.pricing.Guests;
import ihome.stay.Stay;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** SQL of changes of orders. Whoever changes one has its order locked. */
final class StayChangeStore {
    /** So many of an order are shown, the newest. */
    static final int SHOWN = 50;

    /** Writes it with its lines; returns it. */
    StayChange insert(Handle tx, long order, Party by, ChangedStay to, Instant due, Instant now) {
        StayChange change = tx.createQuery("""
                        insert into order_change (order_id, asked_by, start_date, end_date, adults, children, infants,
                                                  lodging, difference, status, due_at, created_at)
                        values (:order, :by, :start, :end, :adults, :children, :infants, :lodging, :difference,
                                'WAIT_ANSWER', :due, :now)
                        returning *
                        """)
                .bind("order", order)
                .bind("by", by.name())
                .bind("start", to.stay().start())
                .bind("end", to.stay().end())
                .bind("adults", to.guests().adults())
                .bind("children", to.guests().children())
                .bind("infants", to.guests().infants())
                .bind("lodging", to.lodging().fen())
                .bind("difference", to.difference().fen())
                .bind("due", due)
                .bind("now", now)
                .map((row, _) -> change(row))
                .one();
        int _ = JdbcStatements.update(
                tx,
                """
                        insert into order_change_line (change_id, order_id, night, price)
                        select ?, ?, cast(? as date) + (i - 1)::int, price from unnest(?) with ordinality as line (price, i)
                        """,
                change.id(),
                order,
                to.stay().start(),
                new JdbcStatements.Longs(to.price().nights()));
        for (Charge charge : to.price().charges()) {
            insertCharge(tx, change, charge);
        }
        return change;
    }

    private static void insertCharge(Handle tx, StayChange change, Charge charge) {
        Discount discount = charge.discount();
        tx.createUpdate("""
                        insert into order_change_charge (change_id, order_id, kind, amount, discount, percent)
                        values (:change, :order, :kind, :amount, :discount, nullif(:percent, 0))
                        """)
                .bind("change", change.id())
                .bind("order", change.order())
                .bind("kind", charge.kind().name())
                .bind("amount", charge.amount().fen())
                .bind("discount", discount == null ? null : discount.wire())
                .bind("percent", charge.percent())
                .execute();
    }

    /** That of an order which waits for an answer or a payment, if there is one. */
    Optional<StayChange> open(Handle tx, long order) {
        return tx.createQuery("select * from order_change where order_id = :order and due_at is not null")
                .bind("order", order)
                .map((row, _) -> change(row))
                .findOne();
    }

    /** The open ones of some orders, by order. */
    Map<Long, StayChange> open(Handle tx, Collection<Long> orders) {
        return tx
                .createQuery("select * from order_change where order_id = any(:orders) and due_at is not null")
                .bindArray("orders", Long.class, orders)
                .map((row, _) -> change(row))
                .stream()
                .collect(Collectors.toMap(StayChange::order, change -> change));
    }

    /**
     * How many wait for an account on one side of its orders: those that the other side asked for, and on the guest's side those
     * that wait for the payment. What is due has ended, whether or not that is written down yet.
     *
     * @param most counts no further
     */
    int waiting(Handle tx, long account, Party side, Instant now, int most) {
        boolean guest = side == Party.GUEST;
        return tx.createQuery("""
                        select count(*) from (
                            select 1 from order_change c join orders o on o.id = c.order_id
                            where c.due_at > :now and o.%s = :account
                              and (c.status = 'WAIT_ANSWER' and c.asked_by = :other or c.status = 'WAIT_PAYMENT' and :pays)
                            limit :most) waiting
                        """.formatted(guest ? "guest_id" : "host_id"))
                .bind("now", now)
                .bind("account", account)
                .bind("other", (guest ? Party.HOST : Party.GUEST).name())
                .bind("pays", guest)
                .bind("most", most)
                .mapTo(int.class)
                .one();
    }

    Optional<StayChange> find(Handle tx, long order, long change) {
        return tx.createQuery("select * from order_change where order_id = :order and id = :change")
                .bind("order", order)
                .bind("change", change)
                .map((row, _) -> change(row))
                .findOne();
    }

    /** Those of an order, the newest first. */
    List<StayChange> of(Handle tx, long order) {
        return tx.createQuery("select * from order_change where order_id = :order order by id desc limit :most")
                .bind("order", order)
                .bind("most", SHOWN)
                .map((row, _) -> change(row))
                .list();
    }

    /** Locks some orders whose open change is due; leaves those that somebody is changing to the next time. */
    List<Long> lockDue(Handle tx, Instant now, int count) {
        return tx.createQuery("""
                        select o.id from order_change c join orders o on o.id = c.order_id
                        where c.due_at <= :now order by c.due_at limit :count for update of o skip locked
                        """)
                .bind("now", now)
                .bind("count", count)
                .mapTo(Long.class)
                .list();
    }

    /** What the changes that were done have made of an order's lodging, all together; negative when it is cheaper now. */
    Money doneDifference(Handle tx, long order) {
        return new Money(
                tx.createQuery("""
                        select coalesce(sum(difference), 0) from order_change where order_id = :order and status = 'DONE'
                        """).bind("order", order).mapTo(long.class).one());
    }

    /**
     * A payment of a change, and what of it has not gone back.
     *
     * @param left fen of lodging
     */
    record Payment(String reference, Money left) {}

    /** The payments of an order's changes, the newest first. */
    List<Payment> payments(Handle tx, long order) {
        return tx.createQuery("""
                        select c.payment, c.difference - coalesce((select sum(r.lodging) from refund r
                                                                   where r.order_id = c.order_id
                                                                     and r.payment = c.payment), 0) as still
                        from order_change c
                        where c.order_id = :order and c.status = 'DONE' and c.payment is not null
                        order by c.id desc
                        """)
                .bind("order", order)
                .map((row, _) -> new Payment(row.getString("payment"), new Money(row.getLong("still"))))
                .list();
    }

    void update(Handle tx, StayChange change) {
        StayChange.Close close = change.close();
        tx.createUpdate("""
                        update order_change
                        set status = :status, due_at = :due, payment = :payment, returned = :returned,
                            closed_by = :closedBy, closed_at = :closedAt
                        where id = :id
                        """)
                .bind("status", change.status().name())
                .bind("due", change.dueAt())
                .bind("payment", change.payment())
                .bind("returned", change.returned().fen())
                .bind("closedBy", close == null ? null : close.by().name())
                .bind("closedAt", close == null ? null : close.at())
                .bind("id", change.id())
                .execute();
    }

    /** The order is what the change says from now on. Its own lines stay as they were sold. */
    void changeOrder(Handle tx, StayChange change) {
        tx.createUpdate("""
                        update orders set start_date = :start, end_date = :end, adults = :adults, children = :children,
                                          infants = :infants, lodging = :lodging
                        where id = :order
                        """)
                .bind("start", change.stay().start())
                .bind("end", change.stay().end())
                .bind("adults", change.guests().adults())
                .bind("children", change.guests().children())
                .bind("infants", change.guests().infants())
                .bind("lodging", change.lodging().fen())
                .bind("order", change.order())
                .execute();
    }

    private static StayChange change(ResultSet row) throws SQLException {
        Timestamp due = row.getTimestamp("due_at");
        return new StayChange(
                row.getLong("id"),
                row.getLong("order_id"),
                Party.valueOf(row.getString("asked_by")),
                new Stay(row.getObject("start_date", LocalDate.class), row.getObject("end_date", LocalDate.class)),
                new Guests(row.getInt("adults"), row.getInt("children"), row.getInt("infants")),
                new Money(row.getLong("lodging")),
                new Money(row.getLong("difference")),
                StayChangeStatus.valueOf(row.getString("status")),
                due == null ? null : due.toInstant(),
                row.getString("payment"),
                new Money(row.getLong("returned")),
                close(row),
                row.getTimestamp("created_at").toInstant());
    }

    private static StayChange.@Nullable Close close(ResultSet row) throws SQLException {
        String by = row.getString("closed_by");
        return by == null
                ? null
                : new StayChange.Close(row.getTimestamp("closed_at").toInstant(), Party.valueOf(by));
    }
}
