package ihome.booking;

import ihome.platform.db.JdbcStatements;
import ihome.platform.db.StatementPipeline;
import ihome.pricing.Charge;
import ihome.pricing.Discount;
import ihome.pricing.Guests;
import ihome.stay.HouseTimes;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL that writes a new order with all that was sold. Part of every booking, so its plan is kept (BookingPlanTest). */
final class NewOrderStore {
    // The picture is read under the lock that the foreign key takes anyway: while it is being removed, this waits
    // and then reads what the house shows instead, so that no order shows a picture whose files are gone.
    private static final String INSERT_WITH = """
            with placed as (
                insert into orders (id, house_id, guest_id, host_id, start_date, end_date, lodging, deposit, status,
                                    cancellation_policy, deadline, payment, created_at, title, address, check_in_from,
                                    check_in_until, check_out_by, rules, adults, children, infants, main_image)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as time), cast(? as time), cast(? as time), ?,
                        ?, ?, ?,
                        (select main_image from house where id = ? for key share))
                returning id, start_date, guest_id, status, created_at),
            frozen as (
                insert into order_line (order_id, night, price)
                select id, start_date + (i - 1)::int, price from placed, unnest(?) with ordinality as line (price, i))%s
            insert into order_history (order_id, at, party, account_id, action, to_status)
            select id, created_at, 'GUEST', guest_id, 'PLACE', status from placed
            """;
    /** Of a stay that costs its nights and nothing else, as most do. */
    private static final String INSERT = INSERT_WITH.formatted("");

    private static final String INSERT_WITH_CHARGES = INSERT_WITH.formatted("""
            ,
            charged as (
                insert into order_charge (order_id, kind, amount, discount, percent)
                select id, kind, amount, nullif(discount, ''), nullif(percent, 0)
                from placed, unnest(?, ?, ?, ?) as charge (kind, amount, discount, percent))""");

    /**
     * A new order with the price of each of its nights and its first line of history, in one statement that is sent with
     * others.
     */
    Order insert(
            StatementPipeline statements,
            CalendarStore.Offer offer,
            long guest,
            OrderStatus status,
            @Nullable Instant deadline,
            PaymentWay paymentWay,
            Instant now) {
        String payment = paymentWay == PaymentWay.ON_ARRIVAL ? paymentWay.name() : null;
        Quote quote = offer.quote();
        Guests guests = quote.guests();
        HouseTimes times = quote.sold().times();
        LocalTime until = times.checkInUntil();
        List<@Nullable Object> values = new ArrayList<>(Arrays.<@Nullable Object>asList(
                offer.order(),
                quote.house(),
                guest,
                quote.owner(),
                quote.stay().start(),
                quote.stay().end(),
                quote.lodging().fen(),
                quote.deposit().fen(),
                status.name(),
                quote.policy().wire(),
                deadline,
                payment,
                now,
                quote.sold().title(),
                quote.sold().address(),
                times.checkInFrom().toString(),
                until == null ? null : until.toString(),
                times.checkOutBy().toString(),
                quote.sold().rules(),
                guests.adults(),
                guests.children(),
                guests.infants(),
                quote.house(),
                new JdbcStatements.Longs(quote.price().nights())));
        List<Charge> charges = quote.price().charges();
        if (!charges.isEmpty()) {
            values.addAll(columns(charges));
        }
        var _ = statements.update(charges.isEmpty() ? INSERT : INSERT_WITH_CHARGES, values.toArray());
        return new Order(
                offer.order(),
                quote.house(),
                quote.sold(),
                guest,
                quote.owner(),
                quote.stay(),
                guests,
                quote.lodging(),
                quote.deposit(),
                status,
                quote.policy(),
                deadline,
                null,
                false,
                null,
                payment,
                now);
    }

    /** The values of {@code order_charge} but the order, a list for each column. */
    private static List<Object> columns(List<Charge> charges) {
        return List.of(
                new JdbcStatements.Texts(
                        charges.stream().map(each -> each.kind().name()).toList()),
                new JdbcStatements.Longs(
                        charges.stream().map(each -> each.amount().fen()).toList()),
                new JdbcStatements.Texts(
                        charges.stream().map(NewOrderStore::discount).toList()),
                new JdbcStatements.Longs(
                        charges.stream().map(each -> (long) each.percent()).toList()));
    }

    private static String discount(Charge charge) {
        Discount discount = charge.discount();
        return discount == null ? "" : discount.wire();
    }
}
