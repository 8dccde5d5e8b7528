package ihome.importing;

/** The file cannot be imported, or not further; the message says why and is fit to be shown. */
public final class UnusableFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableFile(String message) {
        super(message);
    }

    UnusableFile(String message, Throwable cause) {
        super(message, cause);
    }
}
