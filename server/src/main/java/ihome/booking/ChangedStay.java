package ihome.booking;

import ihome.platform.money.Money;
import ihome.pricing.Guests;
import ihome.pricing.StayPrice;
import ihome.stay.Stay;
import java.time.LocalDate;
import java.util.List;

/**
 * What an order would be with other dates or guests.
 *
 * @param price line by line; its deposit is no matter, the order's stays
 * @param difference what it costs more than the order, negative when it is cheaper
 * @param newNights nights that the order does not have yet, in order
 */
record ChangedStay(Stay stay, Guests guests, StayPrice price, Money difference, List<LocalDate> newNights) {
    Money lodging() {
        return price.amount();
    }
}
