package ihome.platform.db;

import java.io.Serial;

/** No database server has answered for as long as the caller was ready to wait. */
public final class DatabaseAway extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    DatabaseAway(String message, Throwable cause) {
        super(message, cause);
    }
}
