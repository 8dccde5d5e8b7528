package ihome.seeding;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which nights of the next year are taken. Stays are of five nights on average; a house has more or fewer of them by
 * its popularity; no two overlap; and near nights are fuller than far ones, since guests book weeks ahead rather than
 * months (the gaps before stays are drawn with a density that falls as the square root of the distance).
 */
final class SampleStays {
    static final int NIGHTS = 365;

    /** Percent of the stays that are so many nights long. Their mean is 5. */
    private static final Shares LENGTH = new Shares(1, 9, 2, 16, 3, 17, 4, 12, 5, 11, 6, 8, 7, 11, 8, 4, 10, 5, 14, 7);

    /** Of 1 on average: the most popular house has four times the stays of the least popular one. */
    private static final double LEAST_POPULAR = 0.4;

    private final long stays;
    private final int houses;
    private final double total;
    private double popularity;
    private long given;
    private int next;

    SampleStays(int houses, long stays) {
        this.houses = houses;
        this.stays = stays;
        double sum = 0;
        for (int house = 0; house < houses; house++) {
            sum += popularity(house);
        }
        total = sum;
    }

    /** How many stays the next house has, from the first house to the last; all together exactly as many as asked. */
    int next() {
        popularity += popularity(next++);
        long upTo = next == houses ? stays : Math.min(stays, (long) (stays * (popularity / total)));
        int count = (int) (upTo - given);
        given = upTo;
        return count;
    }

    private static double popularity(int house) {
        return LEAST_POPULAR
                + (1 - LEAST_POPULAR)
                        * 2
                        * SeedRandom.of(house, SeedRandom.POPULARITY).nextDouble();
    }

    /**
     * The taken nights of a house, ascending, as days from today.
     *
     * @param count of stays, at most {@value #NIGHTS}
     */
    static int[] nights(int house, int count) {
        SplittableRandom random = SeedRandom.of(house, SeedRandom.STAYS);
        int[] lengths = new int[count];
        int left = NIGHTS;
        for (int i = 0; i < count; i++) {
            // One night has to be left for each of the others.
            lengths[i] = Math.min(LENGTH.pick(random), left - (count - 1 - i));
            left -= lengths[i];
        }
        int[] gaps = new int[count];
        for (int i = 0; i < count; i++) {
            double draw = random.nextDouble();
            gaps[i] = (int) ((left + 1) * draw * draw);
        }
        Arrays.sort(gaps);
        int[] nights = new int[NIGHTS - left];
        int n = 0;
        int before = 0;
        for (int i = 0; i < count; i++) {
            for (int night = 0; night < lengths[i]; night++) {
                nights[n++] = gaps[i] + before + night;
            }
            before += lengths[i];
        }
        return nights;
    }
}
