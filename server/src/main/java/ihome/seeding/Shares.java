package ihome.seeding;

import java.util.random.RandomGenerator;

/** Values, each with its share of all. */
final class Shares {
    private final int[] values;
    private final int[] upTo;

    /** @param pairs value, share, value, share, …; only the proportion of the shares counts */
    Shares(int... pairs) {
        values = new int[pairs.length / 2];
        upTo = new int[values.length];
        int sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = pairs[2 * i];
            sum += pairs[2 * i + 1];
            upTo[i] = sum;
        }
    }

    int pick(RandomGenerator random) {
        int place = random.nextInt(upTo[upTo.length - 1]);
        int i = 0;
        while (upTo[i] <= place) {
            i++;
        }
        return values[i];
    }
}
