package ihome.booking;

import ihome.platform.money.Money;
import ihome.platform.problem.BusinessException;
import ihome.platform.time.SiteTime;
import ihome.pricing.Charge;
import ihome.pricing.Guests;
import ihome.pricing.StayPrice;
import ihome.stay.BookingWindow;
import ihome.stay.Stay;
import ihome.stay.StaySchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What other dates or guests of an order cost, whether they can be had, and until when. A night that the order has keeps its
 * price, a new one costs what it costs today; the cleaning fee stays as sold; extra guests and the discount go by today's rules
 * over the whole changed stay, the lead time counted from the day the order was placed.
 */
final class StayChangeQuotes {
    private final CalendarStore calendar;
    private final OrderLineStore lines = new OrderLineStore();
    private final SiteTime time;

    StayChangeQuotes(CalendarStore calendar, SiteTime time) {
        this.calendar = calendar;
        this.time = time;
    }

    /** Fails with PARAMERR naming what the house, its seasons or the calendar do not allow, or when nothing would change. */
    ChangedStay of(Handle tx, Order order, Stay stay, Guests guests) {
        if (stay.equals(order.stay()) && guests.equals(order.guests())) {
            throw BusinessException.forField("end_date", "日期和人数都没有变化");
        }
        checkDates(order, stay);
        Map<LocalDate, Money> sold = lines.nights(tx, order.id()).stream()
                .collect(Collectors.toMap(OrderLineStore.Night::night, OrderLineStore.Night::price));
        LocalDate placed = LocalDate.ofInstant(order.createdAt(), time.zone());
        Quote quote = calendar.changed(tx, order.house(), stay, guests, placed, sold)
                .orElseThrow(BookingProblem.NO_SUCH_HOUSE::exception);
        checkHouse(order, quote);
        StayPrice price = quote.price().withCleaning(cleaning(lines.charges(tx, order.id())));
        List<LocalDate> newNights =
                stay.dates().stream().filter(night -> !sold.containsKey(night)).toList();
        return new ChangedStay(stay, guests, price, price.amount().minus(order.lodging()), newNights);
    }

    private static Money cleaning(List<Charge> charges) {
        return charges.stream()
                .filter(charge -> charge.kind() == Charge.Kind.CLEANING)
                .map(Charge::amount)
                .findFirst()
                .orElse(Money.ZERO);
    }

    /**
     * What is over stays as it is, and what is asked for can still be booked. Fails with PARAMERR naming {@code start_date} or
     * {@code end_date}.
     */
    void checkDates(Order order, Stay stay) {
        Instant now = time.now();
        LocalDate today = time.today();
        boolean otherArrival = !stay.start().equals(order.stay().start());
        if (otherArrival && hasBegun(order)) {
            throw BusinessException.forField("start_date", "入住后不能更改入住日期");
        }
        if (stay.end().isBefore(today)) {
            throw BusinessException.badField("end_date", "不能早于今天");
        }
        if (otherArrival) {
            BookingWindow.at(time).check(stay);
            schedule(order, stay).checkBookable(now, true);
        } else if (stay.end().isAfter(today)) {
            LocalDate from = stay.start().isBefore(today) ? today : stay.start();
            BookingWindow.at(time).check(new Stay(from, stay.end()));
        }
    }

    /** The house's rules hold for what is changed; leaving early, once the stay has begun, is nobody's to forbid. */
    private void checkHouse(Order order, Quote quote) {
        if (!quote.guests().equals(order.guests())) {
            quote.checkCapacity();
        }
        boolean leavesEarly =
                hasBegun(order) && quote.stay().end().isBefore(order.stay().end());
        if (!quote.stay().equals(order.stay()) && !leavesEarly) {
            quote.checkSeasons(
                    !quote.stay().start().equals(order.stay().start()),
                    !quote.stay().end().equals(order.stay().end()));
            quote.length().check(quote.stay());
        }
    }

    /** Until when a change is answered or paid that waits for it from now on. */
    Instant due(Order order, Stay stay, Duration usual) {
        Instant now = time.now();
        StaySchedule as = order.schedule(time.zone());
        if (hasBegun(order)) {
            return StaySchedule.earlier(now.plus(usual), as.departure());
        }
        StaySchedule to = schedule(order, stay);
        return (to.arrival().isBefore(as.arrival()) ? to : as).deadline(now, usual);
    }

    private StaySchedule schedule(Order order, Stay stay) {
        return order.changed(stay, order.guests(), order.lodging()).schedule(time.zone());
    }

    private boolean hasBegun(Order order) {
        return !time.now().isBefore(order.schedule(time.zone()).arrival());
    }
}
