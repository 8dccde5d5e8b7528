package ihome.payment;

import ihome.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** SQL of trades. */
final class PaymentStore {
    private static final RowMapper<Trade> TRADE = (row, _) -> new Trade(
            row.getLong("id"),
            row.getString("trade"),
            row.getLong("order_id"),
            row.getObject("change_id", Long.class),
            new Money(row.getLong("amount")),
            Trade.State.valueOf(row.getString("state")),
            row.getString("number"),
            row.getTimestamp("expires_at").toInstant());

    /**
     * What a trade pays.
     *
     * @param change of the order; null: the order itself
     */
    record Subject(long order, @Nullable Long change) {}

    /** A trade to look after, and whether its order, or its change, still waits for it. */
    record Check(Trade trade, boolean wanted) {}

    Trade insert(
            Handle tx,
            String trade,
            Subject of,
            String provider,
            Money amount,
            Instant until,
            Instant now,
            Instant check) {
        return tx.createQuery("""
                        insert into payment (trade, order_id, change_id, provider, amount, expires_at, created_at, next_check)
                        values (:trade, :order, :change, :provider, :amount, :until, :now, :check)
                        returning *
                        """)
                .bind("trade", trade)
                .bind("order", of.order())
                .bind("change", of.change())
                .bind("provider", provider)
                .bind("amount", amount.fen())
                .bind("until", until)
                .bind("now", now)
                .bind("check", check)
                .map(TRADE)
                .one();
    }

    Optional<Trade> open(Handle tx, Subject of, String provider) {
        return tx.createQuery("""
                        select * from payment
                        where order_id = :order and change_id is not distinct from :change and provider = :provider
                          and state = 'OPEN'
                        """)
                .bind("order", of.order())
                .bind("change", of.change())
                .bind("provider", provider)
                .map(TRADE)
                .findOne();
    }

    /** By our number. */
    Optional<Trade> find(Handle tx, String provider, String trade) {
        return tx.createQuery("select * from payment where trade = :trade and provider = :provider")
                .bind("trade", trade)
                .bind("provider", provider)
                .map(TRADE)
                .findOne();
    }

    /** Nobody else finds something about the trade before this transaction ends. */
    void lock(Handle tx, long id) {
        int _ = tx.createQuery("select 1 from payment where id = :id for update")
                .bind("id", id)
                .mapTo(int.class)
                .one();
    }

    /** By the provider's number. */
    Optional<Trade> findByNumber(Handle tx, String provider, String number) {
        return tx.createQuery("select * from payment where number = :number and provider = :provider")
                .bind("number", number)
                .bind("provider", provider)
                .map(TRADE)
                .findOne();
    }

    /** Who took a payment, by the provider's number of it. */
    Optional<String> providerOf(Handle tx, String number) {
        return tx.createQuery("select provider from payment where number = :number limit 1")
                .bind("number", number)
                .mapTo(String.class)
                .findOne();
    }

    /** Trades that guests may still pay at another provider than this; null: at any. */
    int openElsewhere(Handle tx, @Nullable String provider) {
        return tx.createQuery(
                        "select count(*) from payment where state = 'OPEN' and provider is distinct from :provider")
                .bind("provider", provider)
                .mapTo(int.class)
                .one();
    }

    /** Also of a trade that counted as closed: the provider knows better. */
    void paid(Handle tx, long id, String number, Instant now) {
        tx.createUpdate("""
                        update payment set state = 'PAID', number = :number, changed_at = :now
                        where id = :id and state <> 'PAID'
                        """)
                .bind("id", id)
                .bind("number", number)
                .bind("now", now)
                .execute();
    }

    /** An open trade only: one that is paid stays paid. */
    void closed(Handle tx, long id, Instant now) {
        tx.createUpdate("update payment set state = 'CLOSED', changed_at = :now where id = :id and state = 'OPEN'")
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    /**
     * Some open trades whose time has come, or whose order or change has ended since they were last looked at; their next time is
     * later each time. Those that another node is taking are left out.
     */
    List<Check> claimChecks(Handle tx, String provider, Instant now, Duration first, Duration longest, int count) {
        return tx.createQuery("""
                        update payment p
                        set checks = p.checks + 1, closing = not due.wanted,
                            next_check = cast(:now as timestamptz) + least(:first * power(2, least(p.checks, 20)), :longest) * interval '1 second'
                        from (select p.id, coalesce(c.status, o.status) = 'WAIT_PAYMENT' as wanted
                              from payment p join orders o on o.id = p.order_id
                              left join order_change c on c.id = p.change_id
                              where p.state = 'OPEN' and p.provider = :provider
                                and (p.next_check <= :now
                                     or (coalesce(c.status, o.status) <> 'WAIT_PAYMENT' and not p.closing))
                              order by p.next_check limit :count for update of p skip locked) due
                        where p.id = due.id
                        returning p.*, due.wanted
                        """)
                .bind("provider", provider)
                .bind("now", now)
                .bind("first", first.toSeconds())
                .bind("longest", longest.toSeconds())
                .bind("count", count)
                .map((row, context) -> new Check(TRADE.map(row, context), row.getBoolean("wanted")))
                .list();
    }

    /**
     * Payments that have not ended.
     *
     * @param closing of which the order has ended, and the provider is being told
     */
    record Unfinished(int open, int closing) {}

    /** Of the index payment_check, whose entries they are. */
    Unfinished unfinished(Handle tx) {
        return tx.createQuery("""
                        select count(*) filter (where not closing) as open, count(*) filter (where closing) as closing
                        from payment where state = 'OPEN'
                        """)
                .map((row, _) -> new Unfinished(row.getInt("open"), row.getInt("closing")))
                .one();
    }
}
