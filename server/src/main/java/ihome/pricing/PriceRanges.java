package ihome.pricing;

import ihome.platform.money.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The nights that cost something of their own, as ranges; those that meet and cost the same are one. */
final class PriceRanges {
    private PriceRanges() {}

    /** Fails with {@link ArithmeticException} for an amount that does not fit. */
    static int fen(Money money) {
        return Math.toIntExact(money.fen());
    }

    /**
     * In the order of their dates, each three numbers: the first night, the one after the last, the price. A night's own
     * price stands before its season's.
     *
     * @param own two numbers for each night, as {@link PackedPrices#of} takes them
     */
    static List<int[]> of(List<Season> seasons, int[] own) {
        List<int[]> nights = new ArrayList<>();
        for (int i = 0; i < own.length; i += 2) {
            add(nights, own[i], own[i] + 1, own[i + 1]);
        }
        List<int[]> all = new ArrayList<>(nights);
        for (Season season : seasons) {
            if (season.price() != null) {
                addWithout(all, season, season.price(), nights);
            }
        }
        all.sort(Comparator.comparingInt(range -> range[0]));
        List<int[]> joined = new ArrayList<>(all.size());
        for (int[] range : all) {
            add(joined, range[0], range[1], range[2]);
        }
        return joined;
    }

    /** Adds what the other ranges leave of the season. */
    private static void addWithout(List<int[]> ranges, Season season, Money price, List<int[]> others) {
        int from = Math.toIntExact(season.from().toEpochDay());
        int until = Math.toIntExact(season.to().toEpochDay());
        for (int[] other : others) {
            if (other[1] > from && other[0] < until) {
                if (other[0] > from) {
                    ranges.add(new int[] {from, other[0], fen(price)});
                }
                from = other[1];
            }
        }
        if (from < until) {
            ranges.add(new int[] {from, until, fen(price)});
        }
    }

    /** Adds a range at the end, to the last one when it goes on like that. */
    private static void add(List<int[]> ranges, int from, int until, int price) {
        int[] last = ranges.isEmpty() ? null : ranges.getLast();
        if (last != null && last[1] == from && last[2] == price) {
            last[1] = until;
        } else {
            ranges.add(new int[] {from, until, price});
        }
    }
}
