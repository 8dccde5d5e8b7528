package ihome.booking;

import ihome.platform.http.Request;
import ihome.platform.http.RequestFields;
import ihome.pricing.Guests;
import org.jspecify.annotations.Nullable;

/** Who comes, as a request says it; where it places an order, one adult and nobody else unless it says so. */
final class GuestFields {
    /** What is said of each number; null where nothing is. */
    record Given(
            @Nullable Integer adults,
            @Nullable Integer children,
            @Nullable Integer infants) {
        private static final Given NOTHING = new Given(null, null, null);

        /** With the others' number where nothing is said. */
        Guests or(Guests others) {
            return new Guests(
                    adults == null ? others.adults() : adults,
                    children == null ? others.children() : children,
                    infants == null ? others.infants() : infants);
        }
    }

    private GuestFields() {}

    /** Of the field {@code guests}. Fails with PARAMERR naming {@code guests} or the number in it. */
    static Given given(RequestFields fields) {
        return fields.object("guests")
                .map(guests -> new Given(
                        number(guests, "adults", 1), number(guests, "children", 0), number(guests, "infants", 0)))
                .orElse(Given.NOTHING);
    }

    private static @Nullable Integer number(RequestFields fields, String name, int least) {
        return fields.has(name) ? (Integer) fields.integer(name, least, Guests.MOST) : null;
    }

    /** Of the query, where each number is a parameter. Fails with PARAMERR naming it. */
    static Given given(Request request) {
        return new Given(number(request, "adults", 1), number(request, "children", 0), number(request, "infants", 0));
    }

    private static @Nullable Integer number(Request request, String name, int least) {
        return request.queryInteger(name, least, Guests.MOST).orElse(null);
    }

    /** As {@link #given(RequestFields)}, of a new order. */
    static Guests of(RequestFields fields) {
        return given(fields).or(Guests.ONE_ADULT);
    }

    /** As {@link #given(Request)}, of a new order. */
    static Guests of(Request request) {
        return given(request).or(Guests.ONE_ADULT);
    }
}
