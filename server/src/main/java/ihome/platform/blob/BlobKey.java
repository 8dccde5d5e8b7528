package ihome.platform.blob;

import java.util.regex.Pattern;

/** The one form of keys that every store accepts; see {@link BlobStore}. */
final class BlobKey {
    static final int MAX_LENGTH = 200;

    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*");

    private BlobKey() {}

    /** The key itself, or {@link IllegalArgumentException}. */
    static String require(String key) {
        if (key.length() > MAX_LENGTH || key.contains("..") || !KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("not a blob key");
        }
        return key;
    }
}
