package ihome.booking;

import ihome.platform.money.Money;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * What cancelling gives back. The preview and the cancellation both come from here.
 *
 * @param daysBefore whole days to the day of arrival; negative once it is past
 * @param share per cent of the lodging; 0 as well when nothing was paid
 * @param kept the part of the lodging that the host earns
 */
record Refund(long daysBefore, int share, Money lodging, Money deposit, Money kept) {
    Money total() {
        return lodging.plus(deposit);
    }

    /** Of a paid order whose guest never came: what a cancellation by the guest on the day of arrival gives back. */
    static Refund ofNoShow(Order order) {
        return of(order, order.stay().start(), Party.GUEST);
    }

    /**
     * Of a paid order that gets cheaper by a change: what the policy says of the difference, by the days before the arrival as
     * it was. Nothing of one that gets no cheaper.
     *
     * @param day of the site ({@link StayChange#refundDay})
     */
    static Refund ofChange(Order order, Money difference, LocalDate day) {
        long daysBefore = ChronoUnit.DAYS.between(day, order.stay().start());
        if (difference.compareTo(Money.ZERO) >= 0 || order.paymentWay() == PaymentWay.ON_ARRIVAL) {
            return new Refund(daysBefore, 0, Money.ZERO, Money.ZERO, Money.ZERO);
        }
        Money less = Money.ZERO.minus(difference);
        Money back = order.policy().refund(less, daysBefore);
        return new Refund(daysBefore, order.policy().share(daysBefore), back, Money.ZERO, less.minus(back));
    }

    /**
     * Of an order that is cancelled on a day of the site: by its guest, what the policy says; by its host, everything. An
     * order that was not paid to the site gives nothing back.
     *
     * @param by guest or host
     */
    static Refund of(Order order, LocalDate today, Party by) {
        long daysBefore = ChronoUnit.DAYS.between(today, order.stay().start());
        if (order.status() != OrderStatus.PAID || order.paymentWay() == PaymentWay.ON_ARRIVAL) {
            return new Refund(daysBefore, 0, Money.ZERO, Money.ZERO, Money.ZERO);
        }
        if (by == Party.HOST) {
            return new Refund(daysBefore, 100, order.lodging(), order.deposit(), Money.ZERO);
        }
        Money back = order.policy().refund(order.lodging(), daysBefore);
        return new Refund(
                daysBefore,
                order.policy().share(daysBefore),
                back,
                order.deposit(),
                order.lodging().minus(back));
    }
}
