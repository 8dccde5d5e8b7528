package ihome.platform.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the outbox treats the messages of a channel.
 *
 * @param once never attempted again after an attempt that may have succeeded: rather lost than delivered twice. Such
 *     an attempt is on record before it begins, and the rows of finished messages stay for a week, without payload.
 *     Otherwise a message is attempted until it is delivered, twice in the worst case, and then gone.
 * @param background delivered by a thread of its own, so that who adds a message does not wait for a slow service
 * @param usefulFor given up this long after it was added; null for never
 */
public record Handling(
        boolean once, boolean background, @Nullable Duration usefulFor) {
    /** At once, by the caller, and again until it succeeds. */
    public static final Handling UNTIL_DELIVERED = new Handling(false, false, null);
}
