package ihome.booking;

import ihome.platform.db.Direct;
import ihome.platform.money.Money;
import ihome.pricing.Charge;
import ihome.pricing.Discount;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of what orders were sold for, line by line. {@link OrderStore} writes the lines with the order; nobody changes them. */
final class OrderLineStore {
    record Night(LocalDate night, Money price) {}

    /** The values of {@code order_charge} but the order, a list for each column. */
    static List<Object> columns(List<Charge> charges) {
        return List.of(
                new Direct.Texts(
                        charges.stream().map(each -> each.kind().name()).toList()),
                new Direct.Longs(
                        charges.stream().map(each -> each.amount().fen()).toList()),
                new Direct.Texts(charges.stream().map(OrderLineStore::discount).toList()),
                new Direct.Longs(
                        charges.stream().map(each -> (long) each.percent()).toList()));
    }

    private static String discount(Charge charge) {
        Discount discount = charge.discount();
        return discount == null ? "" : discount.wire();
    }

    /** The lines of an order that are no nights. */
    List<Charge> charges(Handle tx, long order) {
        return tx
                .createQuery("select kind, amount, discount, percent from order_charge where order_id = :order")
                .bind("order", order)
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
        return tx.createQuery("select night, price from order_line where order_id = :order order by night")
                .bind("order", order)
                .map((row, _) -> new Night(row.getObject("night", LocalDate.class), new Money(row.getLong("price"))))
                .list();
    }
}
