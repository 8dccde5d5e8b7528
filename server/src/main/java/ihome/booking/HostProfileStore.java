package ihome.booking;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of what guests may know of a host. */
final class HostProfileStore {
    /** How many of the host's newest orders are looked through for requests. */
    private static final int ORDERS = 200;

    /** How many requests count, the newest. */
    private static final int REQUESTS = 20;

    /**
     * @param houses those that are published
     * @param answered how many requests {@code seconds} is made of, at most {@value #REQUESTS}
     * @param cancellations orders among the newest {@value #ORDERS} that the host cancelled
     * @param seconds in which half of them were answered; 0 when there were none
     */
    record Profile(boolean verified, Instant since, int houses, int cancellations, int answered, long seconds) {}

    /** The host of a published house. */
    Optional<Profile> of(Handle tx, long house) {
        return tx.createQuery("""
                        select a.verified_at is not null as verified, a.created_at, answers.*,
                               (select count(*) from house own where own.owner_id = a.id and own.published) as houses,
                               (select count(*) from (select status, ended_by, no_show from orders where host_id = a.id
                                                      order by id desc limit :orders) newest
                                where newest.status = 'CANCELED' and newest.ended_by = 'HOST' and not newest.no_show) as cancellations
                        from house h join account a on a.id = h.owner_id,
                             lateral (select count(*) as answered,
                                             coalesce(percentile_disc(0.5) within group (order by took), 0) as seconds
                                      from (select extract(epoch from e.at - o.created_at)::bigint as took
                                            from (select id, created_at from orders where host_id = a.id
                                                  order by id desc limit :orders) o
                                            join order_history e on e.order_id = o.id and e.from_status = 'WAIT_ACCEPT'
                                                                    and e.party in ('HOST', 'CLOCK')
                                            order by o.id desc limit :requests) requests) answers
                        where h.id = :house and h.published
                        """)
                .bind("house", house)
                .bind("orders", ORDERS)
                .bind("requests", REQUESTS)
                .map((row, _) -> new Profile(
                        row.getBoolean("verified"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getInt("houses"),
                        row.getInt("cancellations"),
                        row.getInt("answered"),
                        row.getLong("seconds")))
                .findOne();
    }
}
