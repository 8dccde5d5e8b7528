package ihome.importing;

import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A row of the file, in this site's terms.
 *
 * @param price fen a night
 * @param hostName wanted, not yet known to be free
 * @param maxDays 0: no limit
 * @param pictures picture keys, the main one first
 */
public record Listing(
        String roomId,
        String hostId,
        String hostName,
        String title,
        long price,
        String area,
        int roomCount,
        String unit,
        int capacity,
        String beds,
        int minDays,
        int maxDays,
        int orderCount,
        @Nullable String roomType,
        @Nullable Double latitude,
        @Nullable Double longitude,
        Instant createdAt,
        SortedSet<Integer> facilities,
        List<String> pictures) {}
