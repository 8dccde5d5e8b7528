package ihome.booking;

import ihome.platform.http.Request;
import ihome.platform.http.RequestFields;
import ihome.platform.problem.Refusal;
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

    private static int number(Request request, String name, int least) {
        String text = request.query(name).map(String::strip).orElse(Integer.toString(least));
        if (!text.matches("[0-9]{1,9}")) {
            throw Refusal.badField(name, "应为整数");
        }
        int value = Integer.parseInt(text);
        if (value < least || value > Guests.MOST) {
            throw Refusal.badField(name, "应在 " + least + " 到 " + Guests.MOST + " 之间");
        }
        return value;
    }
}
