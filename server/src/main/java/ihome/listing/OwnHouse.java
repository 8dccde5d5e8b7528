package ihome.listing;

import java.time.Instant;
import java.util.List;

/**
 * A house as its owner edits it.
 *
 * @param photos in their order; the first is the main image
 */
record OwnHouse(
        long id,
        long ownerId,
        NewHouse house,
        boolean published,
        List<Photo> photos,
        int orderCount,
        Instant createdAt) {

    /** @param picture picture key */
    record Photo(long id, String picture) {}
}
