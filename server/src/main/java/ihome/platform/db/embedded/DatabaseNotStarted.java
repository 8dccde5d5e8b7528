package ihome.platform.db.embedded;

/** The embedded database cannot be served; the message is one line that says what happened and what to do. */
public sealed class DatabaseNotStarted extends RuntimeException permits DataFolderInUse, DataFolderUnusable {
    DatabaseNotStarted(String message) {
        super(message);
    }

    DatabaseNotStarted(String message, Throwable cause) {
        super(message, cause);
    }
}
