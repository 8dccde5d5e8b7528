package ihome.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The questions of the ledger's check: each asks for rows that must not be there. */
final class LedgerCheckStore {
    private static final Map<String, String> OF_DEPOSITS = Map.of(
            "deposit granted to the host is not what was posted",
            """
            select c.order_id, 'claim ' || c.id || ' granted ' || coalesce(c.granted, 0) || ', posted ' || posted.amount as what
            from deposit_claim c cross join lateral (
                select coalesce(sum(e.amount), 0) as amount
                from ledger_posting p join ledger_entry e on e.posting_id = p.id and e.kind = 'DEPOSIT'
                where p.kind = 'DEPOSIT_CLAIMED' and p.reference = 'claim-' || c.id) posted
            where posted.amount <> coalesce(c.granted, 0)
            """,
            "deposit posted to the host without a claim",
            """
            select p.order_id, 'posting ' || p.id || ' of ' || p.reference as what from ledger_posting p
            where p.kind = 'DEPOSIT_CLAIMED'
              and not exists (select from deposit_claim c
                              where c.order_id = p.order_id and 'claim-' || c.id = p.reference)
            """,
            "deposit held without an open claim, or claimed and not held",
            """
            select o.id as order_id, case when c.id is null then 'no open claim' else 'claim ' || c.id end as what
            from (select * from deposit_claim where status in ('WAIT_ANSWER', 'DISPUTED')) c
            full join (select order_id from refund
                       where why = 'STAY_ENDED' and done_at is null and attempts = 0 and next_attempt = 'infinity') held
                 on held.order_id = c.order_id
            join orders o on o.id = coalesce(c.order_id, held.order_id)
            where c.id is null or held.order_id is null
            """);

    private static final Map<String, String> OF_CHANGES = Map.of(
            "dearer change without its payment, or with another amount",
            """
            select c.order_id, 'change ' || c.id || ' costs ' || c.difference || ', paid ' || posted.amount as what
            from order_change c join orders o on o.id = c.order_id cross join lateral (
                select coalesce(sum(e.amount), 0) as amount
                from ledger_posting p join ledger_entry e on e.posting_id = p.id and e.kind = 'PROVIDER'
                where p.kind = 'PAID' and p.reference = c.payment and p.order_id = c.order_id) posted
            where c.status = 'DONE' and c.difference > 0 and o.payment is distinct from 'ON_ARRIVAL'
              and posted.amount <> c.difference
            """,
            "what a cheaper change gave back or left to the host is not what was posted",
            """
            select c.order_id, 'change ' || c.id || ': ' || -c.difference || ' less, ' || c.returned || ' back, '
                   || posted.amount || ' earned, ' || back.amount || ' in refunds' as what
            from order_change c join orders o on o.id = c.order_id cross join lateral (
                select coalesce(sum(e.amount), 0) as amount
                from ledger_posting p join ledger_entry e on e.posting_id = p.id and e.kind = 'GUEST'
                where p.kind = 'SETTLED' and p.reference = 'change-' || c.id) posted cross join lateral (
                select coalesce(sum(r.lodging), 0) as amount from refund r where r.change_id = c.id) back
            where back.amount <> c.returned
               or posted.amount <> case when c.status = 'DONE' and c.difference < 0 and o.payment is distinct from 'ON_ARRIVAL'
                                        then -c.difference - c.returned else 0 end
            """,
            "more goes back of a payment of a change than it was",
            """
            select c.order_id, 'change ' || c.id || ' of ' || c.difference || ', ' || sum(r.lodging + r.deposit) as what
            from order_change c join refund r on r.order_id = c.order_id and r.payment = c.payment
            group by c.id having sum(r.lodging + r.deposit) > c.difference
            """);

    private static final Map<String, String> QUESTIONS = new TreeMap<>(Map.of(
            "posting does not sum to zero",
            """
            select p.order_id, 'posting ' || p.id || ' sums to ' || coalesce(sum(e.amount), 0) as what
            from ledger_posting p left join ledger_entry e on e.posting_id = p.id
            group by p.id having coalesce(sum(e.amount), 1) <> 0
            """,
            "entry of another order than its posting",
            """
            select e.order_id, 'entry of posting ' || p.id || ' of order ' || p.order_id as what
            from ledger_entry e join ledger_posting p on p.id = e.posting_id where e.order_id <> p.order_id
            """,
            "lines do not sum to the lodging",
            """
            select o.id as order_id, 'lodging ' || o.lodging || ', lines ' || lines.nights + lines.charges as what
            from orders o
            left join lateral (select max(id) as id from order_change where order_id = o.id and status = 'DONE') done on true
            cross join lateral (
                select coalesce(sum(l.price), 0) as nights, count(*) as count,
                       coalesce((select sum(c.amount) from order_charge c where c.order_id = o.id and done.id is null), 0)
                       + coalesce((select sum(c.amount) from order_change_charge c where c.change_id = done.id), 0) as charges
                from (select price from order_line where order_id = o.id and done.id is null
                      union all select price from order_change_line where change_id = done.id) l) lines
            where lines.nights + lines.charges <> o.lodging or lines.count <> o.end_date - o.start_date
            """,
            "money of an order that was never paid",
            """
            select o.id as order_id, 'status ' || o.status as what from orders o
            where o.status in ('WAIT_ACCEPT', 'WAIT_PAYMENT', 'REJECTED')
              and exists (select from ledger_entry e where e.order_id = o.id)
              and not exists (select from refund r where r.order_id = o.id)
            """,
            "lodging owed is not what it should be",
            """
            select o.id as order_id, 'owed ' || b.lodging || ', expected ' || b.expected as what
            from orders o cross join lateral (
                select coalesce((select -sum(e.amount) from ledger_entry e
                                 where e.order_id = o.id and e.kind = 'GUEST'), 0) as lodging,
                       coalesce((select sum(r.lodging) from refund r
                                 where r.order_id = o.id and r.done_at is null), 0)
                       + case when o.status = 'PAID' and o.payment is distinct from 'ON_ARRIVAL'
                              then o.lodging else 0 end as expected) b
            where b.lodging <> b.expected
            """,
            "deposit owed is not what it should be",
            """
            select o.id as order_id, 'owed ' || b.deposit || ', expected ' || b.expected as what
            from orders o cross join lateral (
                select coalesce((select -sum(e.amount) from ledger_entry e
                                 where e.order_id = o.id and e.kind = 'DEPOSIT'), 0) as deposit,
                       coalesce((select sum(r.deposit) from refund r
                                 where r.order_id = o.id and r.done_at is null), 0)
                       + case when o.status = 'PAID' and o.payment is distinct from 'ON_ARRIVAL'
                              then o.deposit else 0 end as expected) b
            where b.deposit <> b.expected
            """,
            "money that the site never received",
            """
            select o.id as order_id, 'posting ' || p.id || ' of kind ' || p.kind || ', but it is paid on arrival' as what
            from orders o join ledger_posting p on p.order_id = o.id
            where o.payment = 'ON_ARRIVAL' and p.kind = 'SETTLED'
            """,
            "fee owed for an order that was paid to the site",
            """
            select o.id as order_id, 'posting ' || p.id as what
            from orders o join ledger_posting p on p.order_id = o.id
            where o.payment is distinct from 'ON_ARRIVAL' and p.kind = 'FEE_OWED'
            """,
            "refunded past this site and not settled",
            """
            select order_id, kind || ' of ' || amount || ' fen, ./ihome payments list names it' as what
            from payment_discrepancy where settled_at is null and kind = 'REFUNDED_OUTSIDE'
            """,
            "paid order without a payment",
            """
            select o.id as order_id, 'status ' || o.status as what from orders o
            where o.status in ('PAID', 'WAIT_COMMENT', 'COMPLETE') and o.lodging + o.deposit > 0
              and o.payment is distinct from 'ON_ARRIVAL'
              and not exists (select from ledger_posting p where p.order_id = o.id and p.kind = 'PAID')
            """));

    static {
        QUESTIONS.putAll(OF_DEPOSITS);
        QUESTIONS.putAll(OF_CHANGES);
    }

    /** One line for each finding; of one kind no more than {@code listed}, and how many more there are. */
    List<String> findings(Handle tx, int listed) {
        List<String> findings = new ArrayList<>();
        QUESTIONS.forEach((name, sql) -> {
            List<String> found = tx.createQuery(sql + " order by order_id")
                    .map((row, _) -> "order " + row.getLong("order_id") + ": " + name + ": " + row.getString("what"))
                    .list();
            findings.addAll(found.subList(0, Math.min(listed, found.size())));
            if (found.size() > listed) {
                findings.add(name + ": and " + (found.size() - listed) + " more");
            }
        });
        return List.copyOf(findings);
    }

    Map<LedgerAccount, Long> balances(Handle tx) {
        Map<LedgerAccount, Long> balances = new TreeMap<>();
        tx.createQuery("select kind, sum(amount) as balance from ledger_entry group by kind")
                .map((row, _) -> Map.entry(LedgerAccount.valueOf(row.getString("kind")), row.getLong("balance")))
                .forEach(balance -> balances.put(balance.getKey(), balance.getValue()));
        return balances;
    }

    long postings(Handle tx) {
        return tx.createQuery("select count(*) from ledger_posting")
                .mapTo(long.class)
                .one();
    }
}
