package ihome.payment;

import ihome.platform.money.Money;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of the cashier's books. */
final class CashierStore {
    /** A trade that the cashier knows. */
    record Entry(String number, Money amount, String status) {}

    /** The check value of the key that all nodes sign with; empty as long as none has noted its own. */
    Optional<byte[]> keyCheck(Handle tx) {
        return tx.createQuery("select check_value from cashier_key_check")
                .mapTo(byte[].class)
                .findOne();
    }

    /** Notes the key unless there is one already; returns the one that is noted. */
    byte[] agreeOnKey(Handle tx, byte[] own) {
        tx.createUpdate("insert into cashier_key_check (check_value) values (:own) on conflict do nothing")
                .bind("own", own)
                .execute();
        return keyCheck(tx).orElseThrow();
    }

    /** Enters a trade unless it is there; what is there stays as it is. */
    void enter(Handle tx, String trade, String number, Money amount, String status, Instant now) {
        tx.createUpdate("""
                        insert into cashier_trade (trade, number, amount, status, at)
                        values (:trade, :number, :amount, :status, :now)
                        on conflict (trade) do nothing
                        """)
                .bind("trade", trade)
                .bind("number", number)
                .bind("amount", amount.fen())
                .bind("status", status)
                .bind("now", now)
                .execute();
    }

    Optional<Entry> find(Handle tx, String trade) {
        return tx.createQuery("select number, amount, status from cashier_trade where trade = :trade")
                .bind("trade", trade)
                .map((row, _) ->
                        new Entry(row.getString("number"), new Money(row.getLong("amount")), row.getString("status")))
                .findOne();
    }

    /** Enters a refund unless it is there. False when the trade is not paid or has not so much money left. */
    boolean refund(Handle tx, String trade, String request, Money amount, Instant now) {
        return tx.createQuery("""
                        with paid as (select trade, amount from cashier_trade
                                      where trade = :trade and status = 'TRADE_SUCCESS' for update),
                        made as (insert into cashier_refund (trade, request, amount, at)
                                 select trade, :request, :amount, :now from paid
                                 where amount >= :amount
                                     + (select coalesce(sum(r.amount), 0) from cashier_refund r where r.trade = paid.trade)
                                 on conflict (trade, request) do nothing returning 1)
                        select exists (select from made)
                            or exists (select from cashier_refund where trade = :trade and request = :request)
                        """)
                .bind("trade", trade)
                .bind("request", request)
                .bind("amount", amount.fen())
                .bind("now", now)
                .mapTo(boolean.class)
                .one();
    }
}
