package ihome.booking;

import ihome.platform.money.Money;
import ihome.pricing.Charge;
import ihome.pricing.Discount;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of what orders were sold for, line by line. {@link NewOrderStore} writes the lines with the order; nobody changes them. */
final class OrderLineStore {
    record Night(LocalDate night, Money price) {}

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
