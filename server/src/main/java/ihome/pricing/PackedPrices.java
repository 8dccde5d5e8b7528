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
    /** Numbers before the ranges. */
    private static final int HEAD = 7;

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
        int[] numbers = new int[HEAD + ranges.size() * FIELDS];
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
        int at = HEAD;
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
        long extraGuests = Math.max(0, stay.guests() - numbers[BASE_GUESTS]);
        return nights
                - Discount.amount(nights, percent(stay))
                + extraGuests * stay.nights() * numbers[EXTRA_GUEST]
                + numbers[CLEANING];
    }

    /** Where the first range stands that ends after a day: a house can have one for each of hundreds of nights. */
    private int firstEndingAfter(int day) {
        int low = 0;
        int high = (numbers.length - HEAD) / FIELDS;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numbers[HEAD + middle * FIELDS + 1] <= day) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return HEAD + low * FIELDS;
    }

    /** No night costs more, in fen. As {@link #amount} not for prices that are flat. */
    public int mostForNight() {
        int most = Math.max(numbers[PRICE], numbers[WEEKEND]);
        for (int at = HEAD; at < numbers.length; at += FIELDS) {
            most = Math.max(most, numbers[at + 2]);
        }
        return most;
    }

    /**
     * So much a night costs at least, whatever the discount, in fen: no stay costs less than this for each of its nights and
     * {@link #cleaning}. Rounded down, so that it holds however the discount is rounded. As {@link #amount} not for prices
     * that are flat.
     */
    public int leastForNight() {
        int least = Math.min(numbers[PRICE], numbers[WEEKEND]);
        for (int at = HEAD; at < numbers.length; at += FIELDS) {
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

    private int percent(PackedStay stay) {
        int percents = numbers[PERCENTS];
        if (percents == 0) {
            return 0;
        }
        int days = numbers[DAYS];
        int percent = stay.nights() >= PriceRules.WEEK ? percents & 0xFF : 0;
        if (stay.nights() >= PriceRules.MONTH) {
            percent = Math.max(percent, percents >>> 8 & 0xFF);
        }
        if (stay.daysAhead() >= (days & 0xFFFF)) {
            percent = Math.max(percent, percents >>> 16 & 0xFF);
        }
        if (stay.daysAhead() <= days >>> 16) {
            percent = Math.max(percent, percents >>> 24);
        }
        return percent;
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
        return Arrays.equals(numbers, 0, HEAD, other.numbers, 0, HEAD)
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
        int at = HEAD;
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
