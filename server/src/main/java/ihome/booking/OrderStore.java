package ihome.booking;

import ihome.platform.money.Money;
import ihome.pricing.Guests;
import ihome.review.ReviewStore;
import ihome.stay.CancellationPolicy;
import ihome.stay.HouseTimes;
import ihome.stay.Stay;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** SQL of orders and their history. */
final class OrderStore {
    /** Requests that wait for a host's answer are counted among so many of the host's newest orders. */
    private static final int NEWEST = 500;

    private static final String SELECT = "select o.* from orders o";
    private static final RowMapper<Order> ORDER = (row, _) -> order(row);

    /** A line of a list: the order with the guest's comment and its reply, if there are any. */
    record Listed(
            Order order,
            String guestName,
            @Nullable String comment,
            @Nullable Integer stars,
            @Nullable String reply,
            @Nullable End end) {}

    /** How an order was rejected or cancelled: when, by whom, and out of which state. */
    record End(Instant at, Party by, @Nullable OrderStatus from) {}

    record Change(
            Instant at,
            Party party,
            @Nullable Long account,
            OrderAction action,
            @Nullable OrderStatus from,
            OrderStatus to,
            @Nullable String reason) {}

    Optional<Order> find(Handle tx, long id) {
        return tx.createQuery(SELECT + " where o.id = :id")
                .bind("id", id)
                .map(ORDER)
                .findOne();
    }

    /** The order, and nobody else can change it before this transaction ends. */
    Optional<Order> lock(Handle tx, long id) {
        return tx.createQuery(SELECT + " where o.id = :id for update of o")
                .bind("id", id)
                .map(ORDER)
                .findOne();
    }

    /** Whether neither guest nor host had the account erased, nor will before this transaction ends. */
    boolean bothAreThere(Handle tx, Order order) {
        return tx.createQuery("select account_is_there(array[cast(:guest as bigint), cast(:host as bigint)])")
                .bind("guest", order.guest())
                .bind("host", order.host())
                .mapTo(boolean.class)
                .one();
    }

    /**
     * Locks some orders that are open no longer ({@link Order#openUntil}); leaves those that somebody is changing to the
     * next time.
     *
     * @param notAccepted requests whose arrivals ended by this time of the site's zone, each by its own time, are open no
     *     longer, whatever deadline is written
     * @param notPaid the same of orders that wait for a payment
     */
    List<Order> lockExpired(Handle tx, Instant now, LocalDateTime notAccepted, LocalDateTime notPaid, int count) {
        return tx.createQuery(SELECT + """
                         where o.deadline is not null
                           and (o.deadline <= :now
                                or o.status in ('WAIT_ACCEPT', 'WAIT_PAYMENT')
                                   and o.start_date + coalesce(o.check_in_until, cast(:usual as time))
                                       <= case o.status when 'WAIT_ACCEPT' then cast(:notAccepted as timestamp)
                                                        else cast(:notPaid as timestamp) end)
                         order by o.deadline limit :count for update of o skip locked
                        """)
                .bind("now", now)
                .bind("notAccepted", notAccepted.toString())
                .bind("notPaid", notPaid.toString())
                .bind("usual", HouseTimes.LAST_ARRIVAL.toString())
                .bind("count", count)
                .map(ORDER)
                .list();
    }

    /**
     * Locks some paid orders whose guests have left by a time of the site's zone, each by its own time of departure.
     *
     * @param usual the time of departure of orders that were sold without one
     */
    List<Order> lockEnded(Handle tx, LocalDateTime now, LocalTime usual, int count) {
        return tx.createQuery(SELECT + """
                         where o.status = 'PAID' and o.end_date <= cast(:today as date)
                           and o.end_date + coalesce(o.check_out_by, cast(:usual as time)) <= cast(:now as timestamp)
                         order by o.end_date limit :count for update of o skip locked
                        """)
                .bind("today", now.toLocalDate().toString())
                .bind("now", now.toString())
                .bind("usual", usual.toString())
                .bind("count", count)
                .map(ORDER)
                .list();
    }

    /** Locks some orders with whose claim on the deposit the clock has to do something by now. */
    List<Order> lockWithDueClaim(Handle tx, Instant now, int count) {
        return tx.createQuery(SELECT + """
                         join deposit_claim c on c.order_id = o.id
                         where c.due_at <= :now order by c.due_at limit :count for update of o skip locked
                        """)
                .bind("now", now)
                .bind("count", count)
                .map(ORDER)
                .list();
    }

    /** @param expiredAt when it expired without having been paid; null when it did not */
    void update(Handle tx, Order order, @Nullable Instant expiredAt) {
        tx.createUpdate("""
                        update orders set status = :status, deadline = :deadline, ended_by = :endedBy, no_show = :noShow,
                                          reason = :reason, payment = :payment, expired_at = :expiredAt
                        where id = :id
                        """)
                .bind("status", order.status().name())
                .bind("deadline", order.deadline())
                .bind(
                        "endedBy",
                        order.endedBy() == null ? null : order.endedBy().name())
                .bind("noShow", order.noShow())
                .bind("reason", order.reason())
                .bind("payment", order.payment())
                .bind("expiredAt", expiredAt)
                .bind("id", order.id())
                .execute();
    }

    void appendHistory(Handle tx, long order, Change change) {
        tx.createUpdate("""
                        insert into order_history (order_id, at, party, account_id, action, from_status, to_status, reason)
                        values (:order, :at, :party, :account, :action, :from, :to, :reason)
                        """)
                .bind("order", order)
                .bind("at", change.at())
                .bind("party", change.party().name())
                .bind("account", change.account())
                .bind("action", change.action().written())
                .bind("from", change.from() == null ? null : change.from().name())
                .bind("to", change.to().name())
                .bind("reason", change.reason())
                .execute();
    }

    List<Change> history(Handle tx, long order) {
        return tx.createQuery("select * from order_history where order_id = :order order by id")
                .bind("order", order)
                .map((row, _) -> {
                    String from = row.getString("from_status");
                    return new Change(
                            row.getTimestamp("at").toInstant(),
                            Party.valueOf(row.getString("party")),
                            row.getObject("account_id", Long.class),
                            OrderAction.valueOf(row.getString("action")),
                            from == null ? null : OrderStatus.valueOf(from),
                            OrderStatus.valueOf(row.getString("to_status")),
                            row.getString("reason"));
                })
                .list();
    }

    /** Some orders of a guest or a host, with the guests' comments as the viewer reads them, the newest first, from the one before {@code before} on. */
    List<Listed> listed(Handle tx, Party role, long account, long before, int count, Instant now) {
        String column = role == Party.HOST ? "host_id" : "guest_id";
        return tx.createQuery("""
                        select o.*, g.name as guest_name, r.comment, r.stars, r.reply,
                               e.at as end_at, e.party as end_party, e.from_status as end_from
                        from orders o join account g on g.id = o.guest_id
                             left join review r on r.order_id = o.id and (:guest or (%s))
                             left join lateral (select at, party, from_status from order_history
                                                where order_id = o.id and to_status = o.status
                                                order by id desc limit 1) e
                                    on o.status in ('REJECTED', 'CANCELED')
                        where o.%s = :account and o.id < :before order by o.id desc limit :count
                        """.formatted(ReviewStore.IS_SHOWN, column))
                .bind("guest", role == Party.GUEST)
                .bind("now", now)
                .bind("account", account)
                .bind("before", before)
                .bind("count", count)
                .map((row, _) -> new Listed(
                        order(row),
                        row.getString("guest_name"),
                        row.getString("comment"),
                        row.getObject("stars", Integer.class),
                        row.getString("reply"),
                        end(row)))
                .list();
    }

    /** A host's orders that wait for an answer, as written, among the newest: nobody is to be read whole for a number. */
    List<Order> requestsOf(Handle tx, long host, int most) {
        return tx.createQuery("""
                        select o.* from (select * from orders where host_id = :host order by id desc limit :newest) o
                        where o.status = 'WAIT_ACCEPT' order by o.id desc limit :most
                        """)
                .bind("host", host)
                .bind("newest", NEWEST)
                .bind("most", most)
                .map(ORDER)
                .list();
    }

    /** A guest's orders that wait for the payment, as written. */
    List<Order> unpaidOf(Handle tx, long guest, int most) {
        return tx.createQuery(SELECT + """
                         where o.guest_id = :guest and o.deadline is not null and o.status = 'WAIT_PAYMENT' limit :most
                        """)
                .bind("guest", guest)
                .bind("most", most)
                .map(ORDER)
                .list();
    }

    private static @Nullable End end(ResultSet row) throws SQLException {
        Timestamp at = row.getTimestamp("end_at");
        String from = row.getString("end_from");
        return at == null
                ? null
                : new End(
                        at.toInstant(),
                        Party.valueOf(row.getString("end_party")),
                        from == null ? null : OrderStatus.valueOf(from));
    }

    private static Order order(ResultSet row) throws SQLException {
        Timestamp deadline = row.getTimestamp("deadline");
        String endedBy = row.getString("ended_by");
        return new Order(
                row.getLong("id"),
                row.getLong("house_id"),
                SoldRow.of(row),
                row.getLong("guest_id"),
                row.getLong("host_id"),
                new Stay(row.getObject("start_date", LocalDate.class), row.getObject("end_date", LocalDate.class)),
                new Guests(row.getInt("adults"), row.getInt("children"), row.getInt("infants")),
                new Money(row.getLong("lodging")),
                new Money(row.getLong("deposit")),
                OrderStatus.valueOf(row.getString("status")),
                CancellationPolicy.of(row.getString("cancellation_policy")).orElseThrow(),
                deadline == null ? null : deadline.toInstant(),
                endedBy == null ? null : Party.valueOf(endedBy),
                row.getBoolean("no_show"),
                row.getString("reason"),
                row.getString("payment"),
                row.getTimestamp("created_at").toInstant());
    }
}
