package ihome.listing;

import ihome.pricing.Season;
import java.time.Instant;
import java.util.List;

/**
 * A house as its owner edits it.
 *
 * @param photos in their order; the first is the main image
 * @param seasons in the order of their dates
 */
record OwnHouse(
        long id,
        long ownerId,
        NewHouse house,
        boolean published,
        List<Photo> photos,
        List<Season> seasons,
        int orderCount,
        Instant createdAt) {

    /** @param picture picture key */
    record Photo(long id, String picture) {}
}
