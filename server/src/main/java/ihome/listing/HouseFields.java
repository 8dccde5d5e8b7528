package ihome.listing;

import ihome.platform.http.RequestFields;
import ihome.platform.money.Money;
import ihome.platform.problem.Refusal;
import ihome.stay.CancellationPolicy;
import java.math.BigDecimal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of publishing and editing, with their bounds. Of a house that is edited the fields that are missing or
 * null stay as they are; nothing of one that is published may be missing but facilities, instant booking, policy and
 * position.
 */
final class HouseFields {
    private static final Money CENT = new Money(1);
    private static final Money MILLION_YUAN = Money.ofYuan(1_000_000);
    private static final int LONGEST_STAY = 365;
    private static final int MOST_FACILITIES = 100;
    /** About a millimetre; more is noise. */
    private static final int DEGREE_DECIMALS = 8;

    private final RequestFields fields;
    private final @Nullable NewHouse before;

    private HouseFields(RequestFields fields, @Nullable NewHouse before) {
        this.fields = fields;
        this.before = before;
    }

    /** Fails with PARAMERR naming the field. */
    static NewHouse published(RequestFields fields) {
        return new HouseFields(fields, null).read();
    }

    /** Fails with PARAMERR naming the field. */
    static NewHouse edited(RequestFields fields, NewHouse before) {
        return new HouseFields(fields, before).read();
    }

    private NewHouse read() {
        NewHouse house = new NewHouse(
                either("title", name -> fields.line(name, 1, 128), NewHouse::title),
                either("price", name -> fields.yuan(name, CENT, MILLION_YUAN), NewHouse::price),
                either("address", name -> fields.line(name, 1, 255), NewHouse::address),
                either("area_id", name -> fields.integer(name, 1, Short.MAX_VALUE), NewHouse::areaId),
                either("room_count", name -> fields.integer(name, 0, 100), NewHouse::roomCount),
                either("acreage", name -> fields.integer(name, 0, 100_000), NewHouse::acreage),
                either("unit", name -> fields.line(name, 1, 64), NewHouse::unit),
                either("capacity", name -> fields.integer(name, 1, 100), NewHouse::capacity),
                either("beds", name -> fields.line(name, 1, 128), NewHouse::beds),
                either("deposit", name -> fields.yuan(name, Money.ZERO, MILLION_YUAN), NewHouse::deposit),
                either("min_days", name -> fields.integer(name, 1, LONGEST_STAY), NewHouse::minDays),
                either("max_days", name -> fields.integer(name, 0, LONGEST_STAY), NewHouse::maxDays),
                either("facility", name -> fields.integers(name, MOST_FACILITIES), NewHouse::facilities),
                either("instant_booking", fields::flag, NewHouse::instantBooking),
                either("cancellation_policy", this::policy, NewHouse::policy),
                position());
        if (house.maxDays() != 0 && house.maxDays() < house.minDays()) {
            throw ListingProblem.MIN_DAYS_ABOVE_MAX.refusal();
        }
        return house;
    }

    private <T> T either(String name, Function<String, T> given, Function<NewHouse, T> kept) {
        return before == null || fields.has(name) ? given.apply(name) : kept.apply(before);
    }

    private CancellationPolicy policy(String name) {
        CancellationPolicy kept = before == null ? CancellationPolicy.FLEXIBLE : before.policy();
        return CancellationPolicy.of(fields.optionalText(name, 32).orElse(kept.wire()))
                .orElseThrow(() -> Refusal.badField(name, "应为灵活、适中或严格"));
    }

    private @Nullable MapPosition position() {
        boolean mentioned = fields.mentions("latitude") || fields.mentions("longitude");
        if (before != null && !mentioned) {
            return before.position();
        }
        boolean latitude = fields.has("latitude");
        if (latitude != fields.has("longitude")) {
            throw Refusal.forField(latitude ? "longitude" : "latitude", "经度和纬度应同时填写");
        }
        return latitude ? new MapPosition(degrees("latitude", 90), degrees("longitude", 180)) : null;
    }

    private double degrees(String name, int bound) {
        BigDecimal bounded = BigDecimal.valueOf(bound);
        return fields.decimal(name, bounded.negate(), bounded, DEGREE_DECIMALS).doubleValue();
    }
}
