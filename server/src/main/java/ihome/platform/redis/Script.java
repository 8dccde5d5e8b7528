package ihome.platform.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script: several commands that Redis runs as one, with nothing between them. All keys of a run must be in one
 * hash slot, or it cannot run on a cluster.
 */
public final class Script {
    private final String text;
    private final String sha1;

    public Script(String text) {
        this.text = text;
        this.sha1 = sha1(text);
    }

    String text() {
        return text;
    }

    /** The name that Redis keeps the script under once it has run. */
    String sha1() {
        return sha1;
    }

    private static String sha1(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
