package ihome.seeding;

import ihome.importing.Listing;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Houses multiplied from listings: house n is listing n modulo their number, so that districts, kinds and capacities
 * keep their shares. The first round is the listings themselves; later rounds vary price (15 %), position (some 500
 * metres) and age, and get a number behind the title.
 */
final class SampleHouses {
    /** What the files do not tell, and every house has. */
    record Extra(int minDays, int maxDays, long deposit, int acreage, boolean instantBooking, String policy) {}

    private static final double PRICE_SPREAD = 0.15;
    private static final double POSITION_SPREAD = 0.005;
    private static final long DAY = 86_400;
    private static final int LONGEST_TITLE = 110;

    /** Chosen, not measured: the derived file has neither minimum nor maximum nights. */
    private static final Shares MIN_DAYS = new Shares(1, 72, 2, 15, 3, 8, 5, 2, 7, 2, 30, 1);

    private static final Shares MAX_DAYS = new Shares(0, 60, 30, 20, 90, 10, 365, 10);
    private static final Shares DEPOSIT_YUAN = new Shares(0, 60, 200, 10, 500, 20, 1000, 10);
    private static final Shares POLICY = new Shares(0, 50, 1, 30, 2, 20);
    private static final List<String> POLICIES = List.of("flexible", "moderate", "strict");
    /** Of the real listings 5,765 in 9,344. */
    private static final double INSTANT = 0.617;

    /** Chosen: percent of the houses that have facility 1, 2, …, 23, where the listings do not tell. */
    private static final int[] FACILITIES = {
        95, 90, 85, 70, 15, 60, 40, 50, 60, 70, 65, 70, 75, 80, 45, 55, 15, 12, 40, 45, 25, 70, 12
    };

    private final List<Listing> listings;
    private final Instant now;

    SampleHouses(List<Listing> listings, Instant now) {
        this.listings = listings;
        this.now = now;
    }

    Listing of(int house) {
        Listing listing = listings.get(house % listings.size());
        int round = house / listings.size();
        if (round == 0) {
            return listing;
        }
        SplittableRandom random = SeedRandom.of(house, SeedRandom.HOUSE);
        return new Listing(
                listing.roomId(),
                listing.hostId(),
                listing.hostName(),
                title(listing.title(), round),
                Math.max(1, Math.round(listing.price() * Math.exp(PRICE_SPREAD * random.nextGaussian()) / 100)) * 100,
                listing.area(),
                listing.roomCount(),
                listing.unit(),
                listing.capacity(),
                listing.beds(),
                listing.minDays(),
                listing.maxDays(),
                listing.orderCount(),
                listing.roomType(),
                near(listing.latitude(), random),
                near(listing.longitude(), random),
                age(listing.createdAt(), random),
                listing.facilities(),
                listing.pictures());
    }

    private static String title(String title, int round) {
        int end = Math.min(title.codePointCount(0, title.length()), LONGEST_TITLE);
        return title.substring(0, title.offsetByCodePoints(0, end)) + " " + (round + 1) + "号";
    }

    private static @org.jspecify.annotations.Nullable Double near(
            @org.jspecify.annotations.Nullable Double degrees, SplittableRandom random) {
        return degrees == null ? null : Double.valueOf(degrees + POSITION_SPREAD * random.nextGaussian());
    }

    private Instant age(Instant createdAt, SplittableRandom random) {
        Instant near = createdAt.plusSeconds(random.nextLong(-180 * DAY, 180 * DAY));
        return near.isAfter(now) ? now.minusSeconds(random.nextLong(30 * DAY)) : near;
    }

    static Extra extra(int house, Listing listing) {
        SplittableRandom random = SeedRandom.of(house, SeedRandom.FACILITIES).split();
        int min = Math.max(listing.minDays(), MIN_DAYS.pick(random));
        int max = listing.maxDays() == 0 ? MAX_DAYS.pick(random) : listing.maxDays();
        return new Extra(
                min,
                max == 0 ? 0 : Math.max(min, max),
                DEPOSIT_YUAN.pick(random) * 100L,
                15 + 20 * listing.roomCount() + random.nextInt(20),
                random.nextDouble() < INSTANT,
                POLICIES.get(POLICY.pick(random)));
    }

    /** Those of the listing, or drawn where it has none. */
    static SortedSet<Integer> facilities(int house, Listing listing) {
        if (!listing.facilities().isEmpty()) {
            return listing.facilities();
        }
        SplittableRandom random = SeedRandom.of(house, SeedRandom.FACILITIES);
        SortedSet<Integer> facilities = new TreeSet<>();
        for (int i = 0; i < FACILITIES.length; i++) {
            if (random.nextInt(100) < FACILITIES[i]) {
                facilities.add(i + 1);
            }
        }
        return facilities;
    }
}
