package ihome.platform.db;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The database server answers, but not to this program as it is configured: to ask again does not help. */
public final class DatabaseUnusable extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    DatabaseUnusable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
