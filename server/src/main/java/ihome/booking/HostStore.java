package ihome.booking;

import ihome.platform.money.Money;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What a host looks at: income as the ledger has it, and how full the next nights are. */
final class HostStore {
    /**
     * What was earned in a month.
     *
     * @param month 1 to 12
     * @param lodging what guests paid of it, the platform's fee included
     * @param net what the host has of it
     * @param orders whose stay or cancellation earned it
     * @param nights stayed; a cancellation's are none
     * @param onArrival the part of the lodging that guests paid to the host on arrival
     */
    record Earned(int month, Money lodging, Money fee, Money net, int orders, int nights, Money onArrival) {}

    /** A paid order whose stay has not ended. */
    record Upcoming(Money lodging, int nights, PaymentWay paymentWay) {}

    /**
     * @param nights what keeps each night, as {@code night_claim.kind}; empty when nothing does; {@code REQUEST} for an
     *     order that the host has not answered
     */
    record Occupancy(long house, String title, boolean published, List<String> nights) {}

    /**
     * What settled postings and ended stays that were paid on arrival between two instants say, by month of the site's
     * zone; months without any are left out.
     */
    List<Earned> earned(Handle tx, long host, Instant from, Instant until, ZoneId zone) {
        return tx.createQuery("""
                        select extract(month from settled.at at time zone :zone)::int as month,
                               sum(settled.lodging) as lodging, sum(settled.fee) as fee, sum(settled.net) as net,
                               count(distinct settled.order_id) as orders, sum(settled.nights) as nights,
                               sum(settled.on_arrival) as on_arrival
                        from (select p.order_id, p.created_at as at,
                                     coalesce(sum(e.amount) filter (where e.kind = 'GUEST'), 0) as lodging,
                                     coalesce(-sum(e.amount) filter (where e.kind = 'PLATFORM'), 0) as fee,
                                     coalesce(-sum(e.amount) filter (where e.kind = 'HOST'), 0) as net,
                                     case when p.reference = 'stay-' || o.id then o.end_date - o.start_date
                                          else 0 end as nights, 0 as on_arrival
                              from orders o
                              join ledger_posting p on p.order_id = o.id and p.kind = 'SETTLED'
                              join ledger_entry e on e.posting_id = p.id
                              where o.host_id = :host and p.created_at >= :from and p.created_at < :until
                              group by p.id, o.id
                              union all
                              select o.id, stayed.at, o.lodging, coalesce(fee.amount, 0), o.lodging - coalesce(fee.amount, 0),
                                     o.end_date - o.start_date, o.lodging
                              from orders o
                              join order_history stayed on stayed.order_id = o.id and stayed.action in ('FINISH', 'LEFT')
                              left join ledger_entry fee on fee.order_id = o.id and fee.kind = 'HOST'
                              where o.host_id = :host and o.payment = 'ON_ARRIVAL'
                                and stayed.at >= :from and stayed.at < :until) as settled
                        group by month order by month
                        """)
                .bind("host", host)
                .bind("from", from)
                .bind("until", until)
                .bind("zone", zone.getId())
                .map((row, _) -> new Earned(
                        row.getInt("month"),
                        new Money(row.getLong("lodging")),
                        new Money(row.getLong("fee")),
                        new Money(row.getLong("net")),
                        row.getInt("orders"),
                        row.getInt("nights"),
                        new Money(row.getLong("on_arrival"))))
                .list();
    }

    List<Upcoming> upcoming(Handle tx, long host) {
        return tx.createQuery("""
                        select lodging, end_date - start_date as nights, payment from orders
                        where host_id = :host and status = 'PAID'
                        """)
                .bind("host", host)
                .map((row, _) -> new Upcoming(
                        new Money(row.getLong("lodging")),
                        row.getInt("nights"),
                        PaymentWay.of(row.getString("payment"))))
                .list();
    }

    /** So many nights of some of the host's houses, in order; the newest house first, from the one before {@code before} on. */
    List<Occupancy> occupancy(Handle tx, long host, LocalDate from, int nights, long before, int count) {
        return tx.createQuery("""
                        select h.id, h.title, h.published,
                               array(select case when o.status = 'WAIT_ACCEPT' then 'REQUEST' else coalesce(c.kind, '') end
                                     from generate_series(0, :nights - 1) i
                                     left join night_claim c on c.house_id = h.id and c.night = cast(:from as date) + i
                                     left join orders o on o.id = c.order_id
                                     order by i) as nights
                        from house h where h.owner_id = :host and h.id < :before
                        order by h.id desc limit :count
                        """)
                .bind("host", host)
                .bind("before", before)
                .bind("count", count)
                .bind("from", from)
                .bind("nights", nights)
                .map((row, _) -> new Occupancy(
                        row.getLong("id"),
                        row.getString("title"),
                        row.getBoolean("published"),
                        strings(row.getArray("nights"))))
                .list();
    }

    private static List<String> strings(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
