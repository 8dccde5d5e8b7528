package ihome.booking;

import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import ihome.pricing.Guests;
import ihome.stay.Stay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Other dates or guests of a paid order, asked for by one side.
 *
 * @param askedBy guest or host
 * @param lodging what the changed stay costs, as it was when it was asked for
 * @param difference that amount less the order's; negative when the stay gets cheaper
 * @param dueAt until when it is answered or paid; null once it is closed
 * @param payment the provider's reference of the payment of the difference; null where there is none
 * @param returned what went back to the guest; zero unless a cheaper change was done
 * @param close null while it is open
 */
record StayChange(
        long id,
        long order,
        Party askedBy,
        Stay stay,
        Guests guests,
        Money lodging,
        Money difference,
        StayChangeStatus status,
        @Nullable Instant dueAt,
        @Nullable String payment,
        Money returned,
        @Nullable Close close,
        Instant createdAt) {
    record Close(Instant at, Party by) {}

    /**
     * The day that says what a cheaper change gives back: the guest's own is decided by when the guest asked, so that nobody
     * gains by letting it wait; the host's by the day on which the guest accepts.
     */
    LocalDate refundDay(SiteTime time) {
        return askedBy == Party.GUEST ? LocalDate.ofInstant(createdAt, time.zone()) : time.today();
    }

    boolean isDearer() {
        return difference.compareTo(Money.ZERO) > 0;
    }

    /** Whether its time is over although nobody has written that down yet. */
    boolean isDue(Instant now) {
        return dueAt != null && !now.isBefore(dueAt);
    }

    /** The nights that the order does not have yet, in order. */
    List<LocalDate> newNights(Order of) {
        return nightsOf(stay, of.stay());
    }

    /** The nights of the order that it gives up, in order. */
    List<LocalDate> oldNights(Order of) {
        return nightsOf(of.stay(), stay);
    }

    private static List<LocalDate> nightsOf(Stay one, Stay without) {
        return one.dates().stream()
                .filter(night -> night.isBefore(without.start()) || !night.isBefore(without.end()))
                .toList();
    }

    StayChange waitingForPayment(Instant until) {
        return new StayChange(
                id,
                order,
                askedBy,
                stay,
                guests,
                lodging,
                difference,
                StayChangeStatus.WAIT_PAYMENT,
                until,
                null,
                Money.ZERO,
                null,
                createdAt);
    }

    StayChange closed(StayChangeStatus end, Close how, @Nullable String paidBy, Money back) {
        return new StayChange(
                id, order, askedBy, stay, guests, lodging, difference, end, null, paidBy, back, how, createdAt);
    }

    /** As it counts at a moment, whether or not the clock's work has been written down yet. */
    StayChange asOf(Instant now) {
        return dueAt != null && isDue(now)
                ? closed(StayChangeStatus.EXPIRED, new Close(dueAt, Party.CLOCK), null, Money.ZERO)
                : this;
    }
}
