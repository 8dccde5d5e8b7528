package ihome.privacy;

import ihome.platform.time.SiteTime;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** All SQL of an account's export. Its lists are given out under the names of their columns. */
final class ExportStore {
    /** The account's own row; names and numbers as they are kept. */
    record Profile(
            String mobile,
            String name,
            Optional<String> avatar,
            Instant createdAt,
            Optional<byte[]> realName,
            Optional<byte[]> idCard,
            Optional<Instant> verifiedAt) {}

    private static final Map<String, String> LISTS = new LinkedHashMap<>();

    static {
        LISTS.put("houses", """
                select h.id as house_id, h.title, h.price, area.name as area, h.address, h.room_count, h.acreage, h.unit,
                       h.capacity, h.beds, h.deposit, h.min_days, h.max_days, h.instant_booking, h.cancellation_policy,
                       h.cleaning_fee, h.weekend_price, h.base_guests, h.extra_guest_fee, h.weekly_discount,
                       h.monthly_discount, h.early_bird_days, h.early_bird_percent, h.last_minute_days,
                       h.last_minute_percent, h.description, h.rules,
                       to_char(h.check_in_from, 'HH24:MI') as check_in_from,
                       to_char(h.check_in_until, 'HH24:MI') as check_in_until,
                       to_char(h.check_out_by, 'HH24:MI') as check_out_by, coalesce(p.door, '') as door,
                       coalesce(p.arrival_guide, '') as arrival_guide, h.latitude, h.longitude,
                       h.published, h.order_count, h.created_at as create_time,
                       (select count(*) from house_image where house_id = h.id) as pictures
                from house h join area on area.id = h.area_id left join house_arrival p on p.house_id = h.id
                where h.owner_id = :account order by h.id desc limit :most
                """);
        LISTS.put("seasons", """
                select s.house_id, s.first_night as "from", s.end_date as "to", s.price, s.min_days, s.closed_to_arrival,
                       s.closed_to_departure
                from house_season s join house h on h.id = s.house_id
                where h.owner_id = :account order by s.house_id desc, s.first_night limit :most
                """);
        LISTS.put("orders_as_guest", order("guest_id"));
        LISTS.put("orders_as_host", order("host_id"));
        LISTS.put("comments", """
                select order_id, house_id, comment, stars, score_clean, score_accurate, score_check_in, score_host,
                       score_place, score_value, created_at as create_time, shown_at as show_time, hidden_at as hide_time
                from review where guest_id = :account order by created_at desc limit :most
                """);
        LISTS.put("replies", """
                select r.order_id, r.house_id, r.reply, r.replied_at as create_time
                from review r join house h on h.id = r.house_id
                where h.owner_id = :account and r.reply is not null order by r.replied_at desc limit :most
                """);
        LISTS.put("guest_reviews", """
                select order_id, case when host_id = :account then 'landlord' else 'custom' end as role, stars, text,
                       created_at as create_time
                from guest_review
                where host_id = :account or guest_id = :account and hidden_at is null and shown_at <= :now
                order by created_at desc, order_id desc limit :most
                """);
        LISTS.put("reports", """
                select order_id, reason, text, decision, created_at as create_time, decided_at as decide_time
                from review_report where reporter = :account order by id desc limit :most
                """);
        LISTS.put("payments", """
                select p.order_id, p.trade, p.provider, p.amount, p.state, p.created_at as create_time
                from payment p join orders o on o.id = p.order_id
                where o.guest_id = :account order by p.id desc limit :most
                """);
        LISTS.put("refunds", """
                select r.order_id, r.lodging, r.deposit,
                       case when r.change_id is null then r.why else 'CHANGED' end as why, r.created_at as create_time, r.done_at as done_time
                from refund r join orders o on o.id = r.order_id
                where o.guest_id = :account order by r.id desc limit :most
                """);
        LISTS.put("deposit_claims", """
                select c.order_id, case when o.host_id = :account then 'landlord' else 'custom' end as role, c.amount,
                       c.reason, c.status, c.answer, c.granted, c.decision, c.created_at as create_time,
                       c.closed_at as close_time
                from deposit_claim c join orders o on o.id = c.order_id
                where o.guest_id = :account or o.host_id = :account order by c.id desc limit :most
                """);
        LISTS.put("order_changes", """
                select c.order_id, case when o.host_id = :account then 'landlord' else 'custom' end as role, c.asked_by,
                       c.start_date, c.end_date, c.adults, c.children, c.infants, c.difference, c.status,
                       c.created_at as create_time, c.closed_at as close_time
                from order_change c join orders o on o.id = c.order_id
                where o.guest_id = :account or o.host_id = :account order by c.id desc limit :most
                """);
        LISTS.put("income", """
                select e.order_id, -e.amount as amount, p.created_at as create_time
                from ledger_entry e join ledger_posting p on p.id = e.posting_id
                where e.account_id = :account and e.kind = 'HOST' order by p.id desc limit :most
                """);
        LISTS.put("favourites", """
                select f.house_id, h.title from favourite f join house h on h.id = f.house_id
                where f.account_id = :account order by f.id desc limit :most
                """);
        LISTS.put("notices", """
                select order_id, text, created_at as create_time,
                       coalesce(id <= (select notices_read from account where id = :account), false) as read
                from notice where account_id = :account order by id desc limit :most
                """);
        LISTS.put("identity_access", """
                select at as time, what from identity_access
                where account_id = :account order by id desc limit :most
                """);
    }

    private final SiteTime time;

    ExportStore(SiteTime time) {
        this.time = time;
    }

    /** Nothing of the other side but what it wrote about this order. */
    private static String order(String column) {
        return """
                select o.id as order_id, o.house_id, o.title, o.address, o.start_date, o.end_date,
                       o.adults, o.children, o.infants, o.lodging, o.deposit, o.status,
                       o.ended_by, o.no_show, o.reason, o.created_at as create_time
                from orders o
                where o.COLUMN = :account order by o.id desc limit :most
                """.replace("COLUMN", column);
    }

    /** Empty when there is no such account (any more). */
    Optional<Profile> profile(Handle tx, long account) {
        return tx.createQuery("""
                        select mobile, name, avatar, created_at, real_name, id_card, verified_at
                        from account where id = :account and mobile is not null
                        """)
                .bind("account", account)
                .map((row, _) -> new Profile(
                        row.getString("mobile"),
                        row.getString("name"),
                        Optional.ofNullable(row.getString("avatar")),
                        row.getTimestamp("created_at").toInstant(),
                        Optional.ofNullable(row.getBytes("real_name")),
                        Optional.ofNullable(row.getBytes("id_card")),
                        Optional.ofNullable(row.getTimestamp("verified_at")).map(Timestamp::toInstant)))
                .findOne();
    }

    /** Fills in every list, each with {@code most} rows at most. */
    void lists(Handle tx, long account, int most, Map<String, List<Map<String, Object>>> lists) {
        LISTS.forEach((name, query) -> {
            Query asked = tx.createQuery(query).bind("account", account).bind("most", most);
            if (query.contains(":now")) {
                asked.bind("now", time.now());
            }
            lists.put(name, asked.map((row, _) -> columns(row)).list());
        });
    }

    private Map<String, Object> columns(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            Object value = row.getObject(i);
            values.put(
                    columns.getColumnLabel(i),
                    switch (value) {
                        case Timestamp instant -> time.format(instant.toInstant());
                        case Date day -> day.toLocalDate().toString();
                        case null, default -> value;
                    });
        }
        return values;
    }
}
