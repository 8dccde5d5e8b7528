package ihome.search.index;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** A stable sort by long keys, digit by digit: no house is compared with another. */
final class Radix {
    private static final int BITS = 11;
    private static final int DIGITS = 1 << BITS;

    private Radix() {}

    /**
     * The numbers in the order of their keys; those with equal keys as they were.
     *
     * @param numbers from 0 to below their count, each once
     */
    static int[] sorted(int[] numbers, IntToLongFunction key) {
        long[] keys = new long[numbers.length];
        Arrays.setAll(keys, key);
        long least = Arrays.stream(keys).min().orElse(0);
        long most = Arrays.stream(keys).max().orElse(0);
        int[] from = numbers;
        for (int shift = 0; shift < Long.SIZE && ((most - least) >>> shift) != 0; shift += BITS) {
            int[] starts = new int[DIGITS + 1];
            for (long one : keys) {
                starts[digit(one - least, shift) + 1]++;
            }
            for (int d = 0; d < DIGITS; d++) {
                starts[d + 1] += starts[d];
            }
            int[] into = new int[from.length];
            for (int number : from) {
                into[starts[digit(keys[number] - least, shift)]++] = number;
            }
            from = into;
        }
        return from;
    }

    private static int digit(long key, int shift) {
        return (int) (key >>> shift) & DIGITS - 1;
    }
}
