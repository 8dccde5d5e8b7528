package ihome.booking;

import ihome.platform.http.Request;
import ihome.platform.http.RequestFields;
import ihome.pricing.Guests;

/** Who comes, as a request says it; one adult when it says nothing, also for each number that is missing. */
final class GuestFields {
    private GuestFields() {}

    /** Of the field {@code guests}. Fails with PARAMERR naming {@code guests} or the number in it. */
    static Guests of(RequestFields fields) {
        return fields.object("guests")
                .map(guests -> new Guests(
                        number(guests, "adults", Guests.ONE_ADULT.adults()),
                        number(guests, "children", 0),
                        number(guests, "infants", 0)))
                .orElse(Guests.ONE_ADULT);
    }

    /** @param least also what counts when the field is missing */
    private static int number(RequestFields fields, String name, int least) {
        return fields.has(name) ? fields.integer(name, least, Guests.MOST) : least;
    }

    /** Of the query, where each number is a parameter. Fails with PARAMERR naming it. */
    static Guests of(Request request) {
        return new Guests(
                number(request, "adults", Guests.ONE_ADULT.adults()),
                number(request, "children", 0),
                number(request, "infants", 0));
    }

    /** @param least also what counts when the parameter is missing */
    private static int number(Request request, String name, int least) {
        return request.queryInteger(name, least, Guests.MOST).orElse(least);
    }
}
