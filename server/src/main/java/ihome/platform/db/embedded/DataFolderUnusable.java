package ihome.platform.db.embedded;

/** The data folder holds something that must not be touched, or cannot be read or written. */
public final class DataFolderUnusable extends DatabaseNotStarted {
    DataFolderUnusable(String message) {
        super(message);
    }

    DataFolderUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
