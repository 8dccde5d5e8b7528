package ihome.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A guest's comment on a stay.
 *
 * @param guestName the guest's nickname as it is now
 * @param stars 1 to 5; null when the guest gave none
 * @param reply the host's answer; null while there is none
 * @param state from when others read it
 */
public record Review(
        String comment,
        @Nullable Integer stars,
        Scores scores,
        String guestName,
        Instant createdAt,
        @Nullable String reply,
        Shown state) {
    /**
     * Who reads a review beside its writer.
     *
     * @param at from when
     * @param keptBack nobody before that; otherwise it is shown whatever the reader's clock says, which may be behind the
     *     one that wrote it
     * @param hidden nobody, an operator took it away
     */
    public record Shown(Instant at, boolean keptBack, boolean hidden) {
        public boolean isAt(Instant now) {
            return !hidden && (!keptBack || !at.isAfter(now));
        }
    }
}
