package ihome.demo;

import ihome.booking.OrderStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What is the demo's in the database, and its removal. A house or an account is the demo's by its external id; an order is
 * when both its sides are.
 */
final class DemoStore {
    /** An order that was placed by somebody who is not of the demo. */
    record Foreign(long order, long house, long host, OrderStatus status) {}

    /** How many rows went. */
    record Removed(List<Long> houses, List<Long> accounts, int stays) {}

    private static final String DEMO_ORDERS = """
            select o.id from orders o
            join account guest on guest.id = o.guest_id
            join account host on host.id = o.host_id
            where guest.external_id like 'demo:%' and host.external_id like 'demo:%'
            """;

    private static final String FOREIGN_ORDERS = """
            select o.id, o.house_id, o.host_id, o.status from orders o
            join house on house.id = o.house_id
            join account guest on guest.id = o.guest_id
            where house.external_id like 'demo:%' and (guest.external_id like 'demo:%') is not true
            order by o.id
            """;

    private DemoStore() {}

    static List<DemoPlan.House> houses(Handle tx) {
        return tx.createQuery("""
                        select id, split_part(external_id, ':', 2) as room, owner_id, capacity, min_days, max_days,
                               published and description = '' as bare, instant_booking
                        from house where external_id like 'demo:%' order by id
                        """)
                .map((row, _) -> new DemoPlan.House(
                        row.getLong("id"),
                        row.getString("room"),
                        row.getLong("owner_id"),
                        row.getInt("capacity"),
                        row.getInt("min_days"),
                        row.getInt("max_days"),
                        row.getBoolean("bare"),
                        row.getBoolean("instant_booking")))
                .list();
    }

    static List<Long> accounts(Handle tx) {
        return tx.createQuery("select id from account where external_id like 'demo:%' order by id")
                .mapTo(Long.class)
                .list();
    }

    /** Which account of the demo has booked which house: guest and house with a blank between. */
    static Map<String, Long> booked(Handle tx) {
        Map<String, Long> booked = new HashMap<>();
        tx.createQuery("""
                        select o.id, o.guest_id, o.house_id from orders o
                        join account guest on guest.id = o.guest_id
                        where guest.external_id like 'demo:%'
                        """)
                .map((row, _) -> Map.entry(row.getLong("guest_id") + " " + row.getLong("house_id"), row.getLong("id")))
                .forEach(order -> booked.put(order.getKey(), order.getValue()));
        return booked;
    }

    static OrderStatus status(Handle tx, long order) {
        return tx.createQuery("select status from orders where id = :order")
                .bind("order", order)
                .mapTo(OrderStatus.class)
                .one();
    }

    static boolean isAnswered(Handle tx, long order) {
        return tx.createQuery("select exists (select from review where order_id = :order and reply is not null)")
                .bind("order", order)
                .mapTo(boolean.class)
                .one();
    }

    static List<Foreign> foreignOrders(Handle tx) {
        return tx.createQuery(FOREIGN_ORDERS)
                .map((row, _) -> new Foreign(
                        row.getLong("id"),
                        row.getLong("house_id"),
                        row.getLong("host_id"),
                        OrderStatus.valueOf(row.getString("status"))))
                .list();
    }

    /**
     * Locks all that is the demo's, in the order in which the use cases lock, and first of all: what a guest books at this
     * moment is seen by the statements after it, or finds no house any more.
     */
    static void lock(Handle tx) {
        tx.execute("set local ihome.removing = 'demo'");
        lockRows(tx, "select id from orders where id in (" + DEMO_ORDERS + ") order by id for update");
        lockRows(tx, "select id from account where external_id like 'demo:%' order by id for update");
        lockRows(tx, "select id from house where external_id like 'demo:%' order by id for update");
    }

    private static void lockRows(Handle tx, String query) {
        List<Long> _ = tx.createQuery(query).mapTo(Long.class).list();
    }

    /**
     * Removes the demo, but for houses that other people have booked and their hosts, in the transaction that has locked
     * it.
     */
    static Removed remove(Handle tx) {
        tx.execute("create temp table demo_order on commit drop as " + DEMO_ORDERS);
        tx.execute("""
                create temp table demo_house on commit drop as
                select id from house
                where external_id like 'demo:%'
                  and not exists (select from orders where house_id = house.id and id not in (select id from demo_order))
                """);
        forgetReviews(tx);
        for (String table : List.of(
                "order_change_charge",
                "order_change_line",
                "order_change",
                "order_charge",
                "order_line",
                "order_history",
                "notice",
                "ledger_entry")) {
            tx.execute("delete from " + table + " where order_id in (select id from demo_order)");
        }
        tx.execute("delete from ledger_posting where order_id in (select id from demo_order)");
        tx.execute("delete from night_claim where order_id in (select id from demo_order)");
        int stays = tx.execute("delete from orders where id in (select id from demo_order)");
        List<Long> houses = tx.createQuery("delete from house where id in (select id from demo_house) returning id")
                .mapTo(Long.class)
                .list();
        List<Long> accounts = tx.createQuery("""
                        delete from account
                        where external_id like 'demo:%' and not exists (select from house where owner_id = account.id)
                        returning id
                        """).mapTo(Long.class).list();
        return new Removed(houses, accounts, stays);
    }

    /** The houses that stay no longer count them. */
    private static void forgetReviews(Handle tx) {
        tx.execute("""
                update house set order_count = order_count - said.reviews,
                                 rating_sum = rating_sum - said.stars,
                                 rating_count = rating_count - said.rated
                from (select house_id, count(*) as reviews, coalesce(sum(stars) filter (where counted), 0) as stars,
                             count(stars) filter (where counted) as rated
                      from review where order_id in (select id from demo_order) group by house_id) said
                where house.id = said.house_id
                """);
        for (String table : List.of("review_report", "guest_review", "review")) {
            tx.execute("delete from " + table + " where order_id in (select id from demo_order)");
        }
    }
}
