package ihome.booking;

import ihome.module.Erasure;
import ihome.module.ErasureObstacle;
import ihome.module.ExportedList;
import ihome.module.PersonalData;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** SQL of the personal data in orders, with their refunds, changes and claims. */
final class PersonalDataStore implements PersonalData {
    /** Nothing of the other side but what it wrote about this order. */
    private static final String ORDERS = """
            select o.id as order_id, o.house_id, o.title, o.address, o.start_date, o.end_date,
                   o.adults, o.children, o.infants, o.lodging, o.deposit, o.status,
                   o.ended_by, o.no_show, o.reason, o.created_at as create_time
            from orders o
            where o.COLUMN = :account order by o.id desc limit :most
            """;

    private static final String REFUNDS = """
            select r.order_id, r.lodging, r.deposit,
                   case when r.change_id is null then r.why else 'CHANGED' end as why, r.created_at as create_time,
                   r.done_at as done_time
            from refund r join orders o on o.id = r.order_id
            where o.guest_id = :account order by r.id desc limit :most
            """;

    private static final String DEPOSIT_CLAIMS = """
            select c.order_id, case when o.host_id = :account then 'landlord' else 'custom' end as role, c.amount,
                   c.reason, c.status, c.answer, c.granted, c.decision, c.created_at as create_time,
                   c.closed_at as close_time
            from deposit_claim c join orders o on o.id = c.order_id
            where o.guest_id = :account or o.host_id = :account order by c.id desc limit :most
            """;

    private static final String ORDER_CHANGES = """
            select c.order_id, case when o.host_id = :account then 'landlord' else 'custom' end as role, c.asked_by,
                   c.start_date, c.end_date, c.adults, c.children, c.infants, c.difference, c.status,
                   c.created_at as create_time, c.closed_at as close_time
            from order_change c join orders o on o.id = c.order_id
            where o.guest_id = :account or o.host_id = :account order by c.id desc limit :most
            """;

    /** On either side. A stay that is over and was not commented on is not open. */
    private static final String OPEN_ORDERS = """
            select exists (select from orders where (guest_id = :account or host_id = :account)
                             and status in ('WAIT_ACCEPT', 'WAIT_PAYMENT', 'PAID'))
            """;

    private static final String OPEN_REFUNDS = """
            select exists (select from refund r join orders o on o.id = r.order_id
                           where r.done_at is null and (o.guest_id = :account or o.host_id = :account))
            """;

    @Override
    public List<ExportedList> exports() {
        return List.of(
                new ExportedList("orders_as_guest", ORDERS.replace("COLUMN", "guest_id")),
                new ExportedList("orders_as_host", ORDERS.replace("COLUMN", "host_id")),
                new ExportedList("refunds", REFUNDS),
                new ExportedList("deposit_claims", DEPOSIT_CLAIMS),
                new ExportedList("order_changes", ORDER_CHANGES));
    }

    @Override
    public Map<ErasureObstacle, String> obstacles() {
        return Map.of(ErasureObstacle.OPEN_ORDERS, OPEN_ORDERS, ErasureObstacle.MONEY_OWED, OPEN_REFUNDS);
    }

    /**
     * The titles of a host's houses stay with their orders, whose addresses, rules and pictures go. So do the words of claims
     * on deposits, of either side and of operators, which tell of both people; the amounts stay.
     */
    @Override
    public void erase(Handle tx, Erasure erasure) {
        tx.createQuery("""
                        with sold as (
                            update orders set address = '', main_image = null, rules = ''
                            from (select id, main_image from orders where host_id = :account) before
                            where orders.id = before.id
                            returning before.main_image)
                        select distinct main_image from sold where main_image is not null
                        """)
                .bind("account", erasure.account())
                .mapTo(String.class)
                .forEach(erasure::removePicture);
        tx.createUpdate("""
                        update deposit_claim c set reason = '', answer = '', decision = ''
                        from orders o where o.id = c.order_id and (o.guest_id = :account or o.host_id = :account)
                        """).bind("account", erasure.account()).execute();
    }
}
