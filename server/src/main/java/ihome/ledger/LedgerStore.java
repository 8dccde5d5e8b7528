package ihome.ledger;

import ihome.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** SQL of postings. */
final class LedgerStore {
    /** A new posting's id; empty when it was there before. */
    OptionalLong insertPosting(Handle tx, long order, String kind, String reference, Instant now) {
        return tx.createQuery("""
                        insert into ledger_posting (order_id, kind, reference, created_at)
                        values (:order, :kind, :reference, :now)
                        on conflict (kind, reference) do nothing
                        returning id
                        """)
                .bind("order", order)
                .bind("kind", kind)
                .bind("reference", reference)
                .bind("now", now)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    void insertEntries(Handle tx, long posting, long order, List<Ledger.Entry> entries) {
        PreparedBatch batch = tx.prepareBatch("""
                insert into ledger_entry (posting_id, kind, account_id, order_id, amount)
                values (:posting, :kind, :account, :order, :amount)
                """);
        for (Ledger.Entry entry : entries) {
            batch.bind("posting", posting)
                    .bind("kind", entry.kind().name())
                    .bind("account", entry.account())
                    .bind("order", order)
                    .bind("amount", entry.amount())
                    .add();
        }
        int[] _ = batch.execute();
    }

    Ledger.Owed owed(Handle tx, long order) {
        return tx.createQuery("""
                        select coalesce(-sum(amount) filter (where kind = 'GUEST'), 0) as lodging,
                               coalesce(-sum(amount) filter (where kind = 'DEPOSIT'), 0) as deposit
                        from ledger_entry where order_id = :order
                        """)
                .bind("order", order)
                .map((row, _) -> new Ledger.Owed(new Money(row.getLong("lodging")), new Money(row.getLong("deposit"))))
                .one();
    }
}
