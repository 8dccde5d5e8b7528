package ihome.platform.blob;

/** The one form of keys that every store accepts; see {@link BlobStore}. */
final class BlobKey {
    static final int MAX_LENGTH = 200;

    private BlobKey() {}

    /** The key itself, or {@link IllegalArgumentException}. */
    static String require(String key) {
        if (key.length() > MAX_LENGTH || key.contains("..") || !isOfNames(key)) {
            throw new IllegalArgumentException("not a blob key");
        }
        return key;
    }

    /** Whether it is names with slashes between them, each of {@code [a-z0-9][a-z0-9_.-]*}. */
    private static boolean isOfNames(String key) {
        boolean atStart = true;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                atStart = false;
            } else if (!atStart && c == '/') {
                atStart = true;
            } else if (atStart || (c != '_' && c != '.' && c != '-')) {
                return false;
            }
        }
        return !atStart;
    }
}
