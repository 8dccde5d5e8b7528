package ihome.booking;

import ihome.ledger.Ledger;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
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

    /** The stay has ended: the host has earned the lodging, and the deposit goes back; or the host owes the fee. */
    void stayEnded(Handle tx, Order order) {
        if (order.paymentWay() == PaymentWay.ON_ARRIVAL) {
            ledger.feeOwed(tx, order.subject(), order.lodging().percent(feePercent), "stay-" + order.id());
            return;
        }
        earn(tx, order, order.lodging(), "stay-" + order.id());
        refund(tx, order, Money.ZERO, order.deposit(), Why.STAY_ENDED, payment(order));
    }

    /** A paid order was cancelled: part goes back, and the host has earned the rest. Nothing, where nothing was received. */
    void canceled(Handle tx, Order order, Refund refund) {
        if (order.paymentWay() == PaymentWay.ON_ARRIVAL) {
            return;
        }
        earn(tx, order, refund.kept(), "cancel-" + order.id());
        refund(tx, order, refund.lodging(), refund.deposit(), Why.CANCELED, payment(order));
    }

    /** Money that no order stands on goes back whole. */
    void returnPayment(Handle tx, Order order, Why why, String payment) {
        refund(tx, order, order.lodging(), order.deposit(), why, payment);
    }

    private void earn(Handle tx, Order order, Money lodging, String reference) {
        ledger.settled(tx, order.subject(), lodging, lodging.percent(feePercent), reference);
    }

    private void refund(Handle tx, Order order, Money lodging, Money deposit, Why why, String payment) {
        if (lodging.plus(deposit).equals(Money.ZERO)) {
            return;
        }
        refunds.insert(tx, order.id(), lodging, deposit, why, payment, time.now());
    }

    private static String payment(Order order) {
        String payment = order.payment();
        if (payment == null) {
            throw new IllegalStateException("order " + order.id() + " is paid without a payment");
        }
        return payment;
    }
}
