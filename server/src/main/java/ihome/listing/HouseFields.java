package ihome.listing;

import ihome.platform.http.RequestFields;
import ihome.platform.money.Money;
import ihome.platform.problem.BusinessException;
import ihome.pricing.Guests;
import ihome.pricing.LeadTimeDiscount;
import ihome.pricing.PriceRules;
import ihome.stay.CancellationPolicy;
import ihome.stay.HouseTimes;
import ihome.stay.Stay;
import ihome.stay.StayLength;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of publishing and editing, with their bounds. Of a house that is edited the fields that are missing stay as
 * they are. The fields of the API document have to be there when a house is published, and stay as they are when they are
 * null in an edit, as do facilities, instant booking and policy; all others are optional, and null sets them back to
 * their default.
 */
final class HouseFields {
    private static final Money CENT = new Money(1);
    private static final Money MILLION_YUAN = Money.ofYuan(1_000_000);
    private static final int MOST_FACILITIES = 100;
    private static final int LONGEST_DESCRIPTION = 5_000;
    private static final int LONGEST_RULES = 2_000;
    private static final int LONGEST_DOOR = 200;
    private static final int LONGEST_ARRIVAL_GUIDE = 5_000;
    private static final Pattern TIME_OF_DAY = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
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
                prices(),
                either("address", name -> fields.line(name, 1, 255), NewHouse::address),
                either("area_id", name -> fields.integer(name, 1, Short.MAX_VALUE), NewHouse::areaId),
                either("room_count", name -> fields.integer(name, 0, 100), NewHouse::roomCount),
                either("acreage", name -> fields.integer(name, 0, 100_000), NewHouse::acreage),
                either("unit", name -> fields.line(name, 1, 64), NewHouse::unit),
                either("capacity", name -> fields.integer(name, 1, 100), NewHouse::capacity),
                either("beds", name -> fields.line(name, 1, 128), NewHouse::beds),
                either("min_days", name -> fields.integer(name, 1, Stay.LONGEST), NewHouse::minDays),
                either("max_days", name -> fields.integer(name, 0, Stay.LONGEST), NewHouse::maxDays),
                either("facility", name -> fields.integers(name, MOST_FACILITIES), NewHouse::facilities),
                either("instant_booking", fields::flag, NewHouse::instantBooking),
                either("cancellation_policy", this::policy, NewHouse::policy),
                position(),
                texts(),
                times(),
                arrival());
        if (!new StayLength(house.minDays(), house.maxDays()).isPossible()) {
            throw ListingProblem.MIN_DAYS_ABOVE_MAX.exception();
        }
        return house;
    }

    private <T> T either(String name, Function<String, T> given, Function<NewHouse, T> kept) {
        return before == null || fields.has(name) ? given.apply(name) : kept.apply(before);
    }

    /** @param given reads the field, or its default where it is null or missing */
    private <T extends @Nullable Object> T optional(
            String name, Function<String, T> given, Function<NewHouse, T> kept) {
        return before == null || fields.mentions(name) ? given.apply(name) : kept.apply(before);
    }

    private String text(String name, int longest) {
        return fields.optionalText(name, longest).orElse("");
    }

    private String door(String name) {
        return fields.has(name) ? fields.line(name, 0, LONGEST_DOOR) : "";
    }

    private PriceRules prices() {
        return new PriceRules(
                either("price", this::price, house -> house.prices().price()),
                this.<@Nullable Money>optional(
                        "weekend_price",
                        name -> fields.has(name) ? price(name) : null,
                        house -> house.prices().weekendPrice()),
                optional(
                        "cleaning_fee",
                        name -> fields.has(name) ? fee(name) : Money.ZERO,
                        house -> house.prices().cleaningFee()),
                this.<@Nullable Integer>optional(
                        "base_guests",
                        name -> fields.has(name) ? fields.integer(name, 1, Guests.MOST) : null,
                        house -> house.prices().baseGuests()),
                optional(
                        "extra_guest_fee",
                        name -> fields.has(name) ? fee(name) : Money.ZERO,
                        house -> house.prices().extraGuestFee()),
                optional(
                        "weekly_discount",
                        this::percent,
                        house -> house.prices().weeklyDiscount()),
                optional(
                        "monthly_discount",
                        this::percent,
                        house -> house.prices().monthlyDiscount()),
                this.<@Nullable LeadTimeDiscount>optional(
                        "early_bird", this::leadTime, house -> house.prices().earlyBird()),
                this.<@Nullable LeadTimeDiscount>optional(
                        "last_minute", this::leadTime, house -> house.prices().lastMinute()),
                either("deposit", this::fee, house -> house.prices().deposit()));
    }

    private @Nullable LeadTimeDiscount leadTime(String name) {
        return fields.object(name)
                .map(inner -> new LeadTimeDiscount(
                        inner.integer("days", 0, LeadTimeDiscount.MOST_DAYS),
                        inner.integer("percent", 0, PriceRules.MOST_PERCENT)))
                .orElse(null);
    }

    private Money price(String name) {
        return fields.yuan(name, CENT, MILLION_YUAN);
    }

    private Money fee(String name) {
        return fields.yuan(name, Money.ZERO, MILLION_YUAN);
    }

    private int percent(String name) {
        return fields.has(name) ? fields.integer(name, 0, PriceRules.MOST_PERCENT) : 0;
    }

    private HouseTexts texts() {
        return new HouseTexts(
                optional(
                        "description",
                        name -> text(name, LONGEST_DESCRIPTION),
                        house -> house.texts().description()),
                optional(
                        "rules",
                        name -> text(name, LONGEST_RULES),
                        house -> house.texts().rules()));
    }

    private ArrivalInfo arrival() {
        return new ArrivalInfo(
                optional("door", this::door, house -> house.arrival().door()),
                optional(
                        "arrival_guide",
                        name -> text(name, LONGEST_ARRIVAL_GUIDE),
                        house -> house.arrival().guide()));
    }

    private HouseTimes times() {
        LocalTime from = optional(
                "check_in_from",
                name -> time(name, HouseTimes.DEFAULT.checkInFrom()),
                house -> house.times().checkInFrom());
        LocalTime until = this.<@Nullable LocalTime>optional(
                "check_in_until", this::timeOrNull, house -> house.times().checkInUntil());
        LocalTime by = optional(
                "check_out_by",
                name -> time(name, HouseTimes.DEFAULT.checkOutBy()),
                house -> house.times().checkOutBy());
        if (until != null && !until.isAfter(from)) {
            throw ListingProblem.CHECK_IN_ENDS_TOO_EARLY.exception();
        }
        return new HouseTimes(from, until, by);
    }

    private LocalTime time(String name, LocalTime missing) {
        LocalTime time = timeOrNull(name);
        return time == null ? missing : time;
    }

    private @Nullable LocalTime timeOrNull(String name) {
        String text = fields.optionalText(name, 32).orElse(null);
        if (text == null) {
            return null;
        }
        if (!TIME_OF_DAY.matcher(text).matches()) {
            throw BusinessException.badField(name, "应为 00:00 到 23:59 之间的时间，如 15:00");
        }
        return LocalTime.parse(text);
    }

    private CancellationPolicy policy(String name) {
        CancellationPolicy kept = before == null ? CancellationPolicy.FLEXIBLE : before.policy();
        return CancellationPolicy.of(fields.optionalText(name, 32).orElse(kept.wire()))
                .orElseThrow(() -> BusinessException.badField(name, "应为灵活、适中或严格"));
    }

    private @Nullable MapPosition position() {
        boolean mentioned = fields.mentions("latitude") || fields.mentions("longitude");
        if (before != null && !mentioned) {
            return before.position();
        }
        boolean latitude = fields.has("latitude");
        if (latitude != fields.has("longitude")) {
            throw BusinessException.forField(latitude ? "longitude" : "latitude", "经度和纬度应同时填写");
        }
        return latitude ? new MapPosition(degrees("latitude", 90), degrees("longitude", 180)) : null;
    }

    private double degrees(String name, int bound) {
        BigDecimal bounded = BigDecimal.valueOf(bound);
        return fields.decimal(name, bounded.negate(), bounded, DEGREE_DECIMALS).doubleValue();
    }
}
