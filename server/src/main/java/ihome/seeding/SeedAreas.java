package ihome.seeding;

import ihome.importing.Listing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where made-up houses lie: in the area that their listing names, where the site has one of that name; else in the site's
 * areas in turn, around the centres of their cities.
 */
final class SeedAreas {
    /** In degrees; some four kilometres. */
    private static final double SPREAD = 0.04;

    private final List<SeedArea> areas;
    private final Map<String, SeedArea> byName = new HashMap<>();

    /** Where a house lies. */
    record Spot(
            SeedArea area,
            @Nullable Double latitude,
            @Nullable Double longitude) {}

    /** @param areas of the site, in the order of its cities */
    SeedAreas(List<SeedArea> areas) {
        this.areas = areas;
        areas.forEach(area -> byName.putIfAbsent(area.name(), area));
    }

    Spot of(int house, Listing listing) {
        SeedArea known = byName.get(listing.area());
        if (known != null) {
            return new Spot(known, listing.latitude(), listing.longitude());
        }
        SeedArea area = areas.get(house % areas.size());
        SplittableRandom random = SeedRandom.of(house, SeedRandom.PLACE);
        return new Spot(
                area,
                area.latitude() + SPREAD * random.nextGaussian(),
                area.longitude() + SPREAD * random.nextGaussian());
    }
}
