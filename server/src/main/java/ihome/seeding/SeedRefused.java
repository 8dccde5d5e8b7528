package ihome.seeding;

/** The site is one that people use; the message says so. */
public final class SeedRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SeedRefused(String message) {
        super(message);
    }
}
