package ihome.pricing;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a house as numbers, for who compares many houses: {@link #amount} is {@code amount()} of what {@link
 * HousePrices#stay} says, without an object for each night. {@code PackedPricesTest} holds the two equal.
 *
 * <p>All prices are in fen and below 2^31; a higher one fails with {@link ArithmeticException}.
 */
public final class PackedPrices {
    /** Of a house that charges its price for every night and nothing else. */
    public static final PackedPrices FLAT = new PackedPrices(new int[0]);

    private static final int PRICE = 0;
    private static final int WEEKEND = 1;
    private static final int CLEANING = 2;
    private static final int BASE_GUESTS = 3;
    private static final int EXTRA_GUEST = 4;
    /** A byte for each discount: weekly, monthly, early bird, last minute, from the lowest on. */
    private static final int PERCENTS = 5;
    /** Early bird in the lower half, last minute in the upper one. */
    private static final int DAYS = 6;
    /** Numbers before the ranges: what {@link #copyRules} copies. */
    public static final int RULES = 7;

    /** For each range of nights that cost something of their own: the first, the one after the last, the price. */
    private static final int FIELDS = 3;

    /** The rules, then the ranges in the order of their dates; those that meet and cost the same are one. */
    private final int[] numbers;

    private PackedPrices(int[] numbers) {
        this.numbers = numbers;
    }

    /**
     * Of a house.
     *
     * @param seasons in any order; no night is in two of them
     * @param own two numbers for each night with a price of its own, in the order of the nights: the night in days since
     *     1970, and the price in fen
     */
    public static PackedPrices of(PriceRules rules, List<Season> seasons, int[] own) {
        List<int[]> ranges = PriceRanges.of(seasons, own);
        int[] numbers = new int[RULES + ranges.size() * FIELDS];
        LeadTimeDiscount early = rules.earlyBird();
        LeadTimeDiscount late = rules.lastMinute();
        numbers[PRICE] = PriceRanges.fen(rules.price());
        numbers[WEEKEND] = rules.weekendPrice() == null ? numbers[PRICE] : PriceRanges.fen(rules.weekendPrice());
        numbers[CLEANING] = PriceRanges.fen(rules.cleaningFee());
        numbers[BASE_GUESTS] = rules.baseGuests() == null ? 0 : rules.baseGuests();
        numbers[EXTRA_GUEST] = rules.baseGuests() == null ? 0 : PriceRanges.fen(rules.extraGuestFee());
        numbers[PERCENTS] = rules.weeklyDiscount()
                | rules.monthlyDiscount() << 8
                | (early == null ? 0 : early.percent()) << 16
                | (late == null ? 0 : late.percent()) << 24;
        numbers[DAYS] = (early == null ? 0 : early.days()) | (late == null ? 0 : late.days()) << 16;
        int at = RULES;
        for (int[] range : ranges) {
            System.arraycopy(range, 0, numbers, at, FIELDS);
            at += FIELDS;
        }
        PackedPrices packed = new PackedPrices(numbers);
        return packed.isFlatFrom(Integer.MIN_VALUE) ? FLAT : packed;
    }

    /** Whether every stay costs the house's price for each night, and nothing else; then {@link #amount} is not for it. */
    public boolean isFlat() {
        return numbers.length == 0;
    }

    /** What a stay costs without the deposit, in fen. Fails for prices that are {@link #isFlat}: they have no number. */
    public long amount(PackedStay stay) {
        int weekendNights = stay.weekendNights();
        int otherNights = stay.nights() - weekendNights;
        int departure = stay.arrival() + stay.nights();
        long nights = 0;
        for (int at = firstEndingAfter(stay.arrival()); at < numbers.length && numbers[at] < departure; at += FIELDS) {
            int from = Math.max(numbers[at], stay.arrival());
            int until = Math.min(numbers[at + 1], departure);
            int ofWeekend = PackedStay.weekendNights(from, until);
            weekendNights -= ofWeekend;
            otherNights -= until - from - ofWeekend;
            nights += (long) (until - from) * numbers[at + 2];
        }
        nights += (long) otherNights * numbers[PRICE] + (long) weekendNights * numbers[WEEKEND];
        return amount(numbers, 0, nights, stay);
    }

    /**
     * What a stay costs whose nights cost so much together, in fen.
     *
     * @param rules has at {@code at} what {@link #copyRules} put there
     */
    public static long amount(int[] rules, int at, long nights, PackedStay stay) {
        int extraGuests = Math.max(0, stay.guests() - rules[at + BASE_GUESTS]);
        return nights
                - Discount.amount(nights, percent(rules, at, stay))
                + (long) extraGuests * stay.nights() * rules[at + EXTRA_GUEST]
                + rules[at + CLEANING];
    }

    /** What so many nights cost together that have no price of their own, in fen; otherwise as {@link #amount}. */
    public static long usual(int[] rules, int at, int otherNights, int weekendNights) {
        return (long) otherNights * rules[at + PRICE] + (long) weekendNights * rules[at + WEEKEND];
    }

    /** Copies {@link #RULES} numbers. As {@link #amount} not for prices that are flat. */
    public void copyRules(int[] into, int at) {
        System.arraycopy(numbers, 0, into, at, RULES);
    }

    /** Is given nights that follow each other and cost the same of their own. */
    public interface RangeVisitor {
        /** Days since 1970, the day after the last night, and fen. */
        void accept(int from, int until, int price);
    }

    /** Gives the visitor, in the order of their dates, all ranges that end after a day. */
    public void eachRange(int after, RangeVisitor visitor) {
        for (int at = firstEndingAfter(after); at < numbers.length; at += FIELDS) {
            visitor.accept(numbers[at], numbers[at + 1], numbers[at + 2]);
        }
    }

    /** Where the first range stands that ends after a day: a house can have one for each of hundreds of nights. */
    private int firstEndingAfter(int day) {
        int low = 0;
        int high = (numbers.length - RULES) / FIELDS;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numbers[RULES + middle * FIELDS + 1] <= day) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return RULES + low * FIELDS;
    }

    /** No night costs more, in fen. As {@link #amount} not for prices that are flat. */
    public int mostForNight() {
        int most = Math.max(numbers[PRICE], numbers[WEEKEND]);
        for (int at = RULES; at < numbers.length; at += FIELDS) {
            most = Math.max(most, numbers[at + 2]);
        }
        return most;
    }

    /**
     * So much a night costs at least, whatever the discount, in fen: no stay costs less than this for each of its nights.
     * Rounded down, so that it holds however the discount is rounded. As {@link #amount} not for prices that are flat.
     */
    public int leastForNight() {
        int least = Math.min(numbers[PRICE], numbers[WEEKEND]);
        for (int at = RULES; at < numbers.length; at += FIELDS) {
            least = Math.min(least, numbers[at + 2]);
        }
        int percent = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            percent = Math.max(percent, numbers[PERCENTS] >>> shift & 0xFF);
        }
        return (int) (least * (100L - percent) / 100);
    }

    /** The cleaning fee, in fen. As {@link #amount} not for prices that are flat. */
    public int cleaning() {
        return numbers[CLEANING];
    }

    /** What a guest above the included ones costs a night, in fen. As {@link #amount} not for prices that are flat. */
    public int extraGuest() {
        return numbers[EXTRA_GUEST];
    }

    private static int percent(int[] numbers, int at, PackedStay stay) {
        int percents = numbers[at + PERCENTS];
        int days = numbers[at + DAYS];
        // Without branches: of many houses one after the other nobody could predict them, which costs more than the
        // rest.
        int ofLength = percents & stay.lengthPercents();
        int early = (((days & 0xFFFF) - stay.daysAhead() - 1) >> 31) & ((percents >>> 16) & 0xFF);
        int late = ((stay.daysAhead() - (days >>> 16) - 1) >> 31) & (percents >>> 24);
        return Math.max(Math.max(ofLength & 0xFF, ofLength >>> 8), Math.max(early, late));
    }

    /**
     * Whether every stay that begins on a day or later costs the same by both. Two readings of one house may differ in the
     * nights before: these are not read any more.
     */
    public boolean isSameFrom(int day, PackedPrices other) {
        boolean flat = isFlatFrom(day);
        if (flat || other.isFlatFrom(day)) {
            return flat && other.isFlatFrom(day);
        }
        return Arrays.equals(numbers, 0, RULES, other.numbers, 0, RULES)
                && Arrays.equals(rangesFrom(day), other.rangesFrom(day));
    }

    private boolean isFlatFrom(int day) {
        return numbers.length == 0
                || (numbers[WEEKEND] == numbers[PRICE]
                        && numbers[CLEANING] == 0
                        && numbers[EXTRA_GUEST] == 0
                        && numbers[PERCENTS] == 0
                        && rangesFrom(day).length == 0);
    }

    private int[] rangesFrom(int day) {
        int at = RULES;
        while (at < numbers.length && numbers[at + 1] <= day) {
            at += FIELDS;
        }
        int[] ranges = Arrays.copyOfRange(numbers, at, numbers.length);
        if (ranges.length != 0) {
            ranges[0] = Math.max(ranges[0], day);
        }
        return ranges;
    }

    /** Equal for the same prices of the same nights, also when these are past. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PackedPrices prices && Arrays.equals(numbers, prices.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }
}
