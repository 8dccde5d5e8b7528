package ihome.booking;

import ihome.ledger.Ledger;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** What becomes of a guest's money: posts what is earned, and writes down what has to go back. */
final class Settlement {
    enum Why {
        CANCELED,
        /** By a change to a cheaper stay. */
        CHANGED,
        STAY_ENDED,
        PAID_TOO_LATE,
        PAID_TWICE
    }

    private final RefundStore refunds;
    private final StayChangeStore stayChanges = new StayChangeStore();
    private final Ledger ledger;
    private final SiteTime time;
    private final int feePercent;

    Settlement(RefundStore refunds, Ledger ledger, SiteTime time, int feePercent) {
        this.refunds = refunds;
        this.ledger = ledger;
        this.time = time;
        this.feePercent = feePercent;
    }

    /**
     * The provider has the guest's money.
     *
     * @param reference the provider's number of the trade
     * @return false when it was posted before
     */
    boolean received(Handle tx, Order order, Money lodging, Money deposit, String reference) {
        return ledger.paid(tx, order.subject(), lodging, deposit, reference);
    }

    /** The provider has sent money back. */
    boolean sentBack(Handle tx, Order order, OrderPayments.OpenRefund refund) {
        return ledger.refunded(tx, order.subject(), refund.lodging(), refund.deposit(), "refund-" + refund.id());
    }

    /**
     * The stay has ended: the host has earned the lodging, and the deposit goes back; or the host owes the fee.
     *
     * @param depositBack when; until then the refund is owed and not made
     */
    void stayEnded(Handle tx, Order order, Instant depositBack) {
        if (order.paymentWay() == PaymentWay.ON_ARRIVAL) {
            ledger.feeOwed(tx, order.subject(), order.lodging().percent(feePercent), "stay-" + order.id());
            return;
        }
        earn(tx, order, order.lodging(), "stay-" + order.id());
        refund(tx, order, Money.ZERO, order.deposit(), Why.STAY_ENDED, payment(order), depositBack);
    }

    /** The deposit of a stay that has ended goes back now; false when none waits for its time. */
    boolean depositReleased(Handle tx, Order order) {
        return refunds.release(tx, order.id(), time.now());
    }

    /** A paid order was cancelled: part goes back, and the host has earned the rest. Nothing, where nothing was received. */
    void canceled(Handle tx, Order order, Refund refund) {
        if (order.paymentWay() == PaymentWay.ON_ARRIVAL) {
            return;
        }
        earn(tx, order, refund.kept(), "cancel-" + order.id());
        Money ofFirst = split(
                tx,
                order,
                refund.lodging(),
                (part, payment) -> refund(tx, order, part, Money.ZERO, Why.CANCELED, payment, time.now()));
        refund(tx, order, ofFirst, refund.deposit(), Why.CANCELED, payment(order), time.now());
    }

    /** A paid order has got cheaper: part of the difference goes back, and the host has earned the rest. */
    void changed(Handle tx, Order order, StayChange change, Refund refund) {
        earn(tx, order, refund.kept(), "change-" + change.id());
        BiConsumer<Money, String> giveBack =
                (part, payment) -> refunds.insertOfChange(tx, order.id(), part, change.id(), payment, time.now());
        Money ofFirst = split(tx, order, refund.lodging(), giveBack);
        if (ofFirst.compareTo(Money.ZERO) > 0) {
            giveBack.accept(ofFirst, payment(order));
        }
    }

    /**
     * An order stands on its own payment and those of its changes. Lodging goes back from the newest first, from each up to
     * what is left of it; the order's own, which the deposit is in as well, comes last.
     *
     * @param giveBack is told of each part and the payment that it is taken from
     * @return what is taken from the order's own payment
     */
    private Money split(Handle tx, Order order, Money lodging, BiConsumer<Money, String> giveBack) {
        Money rest = lodging;
        for (StayChangeStore.Payment payment : stayChanges.payments(tx, order.id())) {
            Money part = payment.left().compareTo(rest) < 0 ? payment.left() : rest;
            if (part.compareTo(Money.ZERO) > 0) {
                giveBack.accept(part, payment.reference());
                rest = rest.minus(part);
            }
        }
        return rest;
    }

    /** Money that no order stands on goes back whole. */
    void returnPayment(Handle tx, Order order, Money lodging, Money deposit, Why why, String payment) {
        refund(tx, order, lodging, deposit, why, payment, time.now());
    }

    private void earn(Handle tx, Order order, Money lodging, String reference) {
        ledger.settled(tx, order.subject(), lodging, lodging.percent(feePercent), reference);
    }

    private void refund(Handle tx, Order order, Money lodging, Money deposit, Why why, String payment, Instant due) {
        if (lodging.plus(deposit).equals(Money.ZERO)) {
            return;
        }
        refunds.insert(tx, order.id(), lodging, deposit, why, payment, time.now(), due);
    }

    private static String payment(Order order) {
        String payment = order.payment();
        if (payment == null) {
            throw new IllegalStateException("order " + order.id() + " is paid without a payment");
        }
        return payment;
    }
}
