package ihome.booking;

import ihome.ledger.Ledger;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What becomes of a guest's money: posts what is earned, and writes down what has to go back. */
final class Settlement {
    enum Why {
        CANCELED,
        STAY_ENDED,
        PAID_TOO_LATE,
        PAID_TWICE
    }

    private final RefundStore refunds;
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
        refund(tx, order, refund.lodging(), refund.deposit(), Why.CANCELED, payment(order), time.now());
    }

    /** Money that no order stands on goes back whole. */
    void returnPayment(Handle tx, Order order, Why why, String payment) {
        refund(tx, order, order.lodging(), order.deposit(), why, payment, time.now());
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
