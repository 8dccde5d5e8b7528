package ihome.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A guest or host.
 *
 * @param mobile null for an imported host
 * @param avatar picture key; null when there is none
 */
record Account(
        long id,
        @Nullable String mobile,
        String name,
        @Nullable String avatar,
        Instant createdAt) {}
