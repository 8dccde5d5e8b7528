package ihome.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** SQL of {@link OrderMetrics}. */
final class OrderMetricsStore {
    /**
     * Refunds that are not made yet.
     *
     * @param ageSeconds how long the oldest has been due; 0: none is
     */
    record Refunds(int waiting, int held, int due, int refused, double ageSeconds) {}

    /** Orders by status, of the indexes orders_due and orders_stayed. */
    Map<String, Integer> openOrders(Handle tx) {
        Map<String, Integer> counts = new HashMap<>();
        tx.createQuery("""
                        select status, count(*) as orders from orders where deadline is not null group by status
                        union all
                        select 'PAID', count(*) from orders where status = 'PAID'
                        """)
                .map((row, _) -> Map.entry(row.getString("status"), row.getInt("orders")))
                .forEach(entry -> counts.merge(entry.getKey(), entry.getValue(), Integer::sum));
        return counts;
    }

    /** Of the indexes refund_open and refund_refused. A deposit is due some hours after its stay has ended. */
    Refunds openRefunds(Handle tx, Instant now, Duration depositWaits) {
        int refused = tx.createQuery("select count(*) from refund where done_at is null and refused_at is not null")
                .mapTo(int.class)
                .one();
        return tx.createQuery("""
                        select count(*) filter (where attempts = 0 and next_attempt = 'infinity') as held,
                               count(*) filter (where attempts = 0 and next_attempt > :now and isfinite(next_attempt)) as waiting,
                               count(*) filter (where attempts > 0 or next_attempt <= :now) as due,
                               coalesce(extract(epoch from cast(:now as timestamptz) - min(created_at
                                   + case when why = 'STAY_ENDED' then :seconds * interval '1 second' else interval '0' end)
                                   filter (where attempts > 0 or next_attempt <= :now)), 0) as age
                        from refund where done_at is null and refused_at is null
                        """)
                .bind("now", now)
                .bind("seconds", depositWaits.toSeconds())
                .map((row, _) -> new Refunds(
                        row.getInt("waiting"),
                        row.getInt("held"),
                        row.getInt("due"),
                        refused,
                        Math.max(0, row.getDouble("age"))))
                .one();
    }
}
