package ihome.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A guest's comment on a stay.
 *
 * @param guestName the guest's nickname as it is now
 * @param stars 1 to 5; null when the guest gave none
 * @param reply the host's answer; null while there is none
 */
public record Review(
        String comment,
        @Nullable Integer stars,
        String guestName,
        Instant createdAt,
        @Nullable String reply) {}
