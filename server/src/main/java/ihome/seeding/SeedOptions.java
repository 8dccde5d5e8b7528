package ihome.seeding;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to make.
 *
 * @param houses how many, from 1
 * @param stays how many, at most {@value #MOST_STAYS} a house on average
 * @param listings a listings file to multiply; without it built-in ones after the real ones' distributions
 * @param pictures whether houses have pictures
 * @param besideRealData whether a site that people use may be filled as well
 */
public record SeedOptions(int houses, long stays, Optional<Path> listings, boolean pictures, boolean besideRealData) {
    /** Above that the nights of a year do not suffice for stays of five nights. */
    public static final int MOST_STAYS = 40;

    public SeedOptions {
        if (houses < 1 || stays < 0 || stays > (long) houses * MOST_STAYS) {
            throw new IllegalArgumentException("houses " + houses + ", stays " + stays);
        }
    }
}
