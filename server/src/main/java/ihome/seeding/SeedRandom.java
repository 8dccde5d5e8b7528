package ihome.seeding;

import java.util.SplittableRandom;

/** Chance that is the same every time: for each house and each thing to be drawn of it, whatever the order. */
final class SeedRandom {
    static final int HOUSE = 1;
    static final int FACILITIES = 2;
    static final int POPULARITY = 3;
    static final int STAYS = 4;
    static final int PLACE = 5;

    private SeedRandom() {}

    static SplittableRandom of(int house, int what) {
        return new SplittableRandom(house * 0x9E3779B97F4A7C15L + what * 0xBF58476D1CE4E5B9L);
    }
}
