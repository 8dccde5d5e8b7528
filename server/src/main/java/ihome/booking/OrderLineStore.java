package ihome.booking;

import ihome.platform.money.Money;
import ihome.pricing.Charge;
import ihome.pricing.Discount;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * SQL of what orders were sold for, line by line. {@link NewOrderStore} writes the lines with the order; nobody changes them.
 * A change that was done has lines of its own ({@link StayChangeStore}): those of the newest count.
 */
final class OrderLineStore {
    /** The newest change of an order that was done; null when there is none. */
    private static final String NEWEST =
            "(select max(id) from order_change where order_id = :order and status = 'DONE')";

    record Night(LocalDate night, Money price) {}

    /** The lines of an order that are no nights. */
    List<Charge> charges(Handle tx, long order) {
        return charges(tx.createQuery("""
                        select kind, amount, discount, percent from order_charge
                        where order_id = :order and NEWEST is null
                        union all
                        select kind, amount, discount, percent from order_change_charge where change_id = NEWEST
                        """.replace("NEWEST", NEWEST)).bind("order", order));
    }

    /** The lines of a change that are no nights. */
    List<Charge> chargesOfChange(Handle tx, long change) {
        return charges(tx.createQuery(
                        "select kind, amount, discount, percent from order_change_charge where change_id = :change")
                .bind("change", change));
    }

    private static List<Charge> charges(Query query) {
        return query
                .map((row, _) -> {
                    String discount = row.getString("discount");
                    return new Charge(
                            Charge.Kind.valueOf(row.getString("kind")),
                            new Money(row.getLong("amount")),
                            discount == null ? null : Discount.of(discount),
                            row.getInt("percent"));
                })
                .stream()
                .sorted(Comparator.comparing(Charge::kind))
                .toList();
    }

    /** The nights of an order. */
    List<Night> nights(Handle tx, long order) {
        return nights(tx.createQuery("""
                        select night, price from order_line where order_id = :order and NEWEST is null
                        union all
                        select night, price from order_change_line where change_id = NEWEST
                        order by night
                        """.replace("NEWEST", NEWEST)).bind("order", order));
    }

    /** The nights of a change. */
    List<Night> nightsOfChange(Handle tx, long change) {
        return nights(
                tx.createQuery("select night, price from order_change_line where change_id = :change order by night")
                        .bind("change", change));
    }

    private static List<Night> nights(Query query) {
        return query.map(
                        (row, _) -> new Night(row.getObject("night", LocalDate.class), new Money(row.getLong("price"))))
                .list();
    }
}
