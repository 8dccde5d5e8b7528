package ihome.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A value that tells whether two keys are the same and nothing else about them. */
public final class KeyCheck {
    private static final byte[] LABEL = "ihome identity key check".getBytes(StandardCharsets.US_ASCII);

    private KeyCheck() {}

    /** HMAC-SHA-256 of a fixed label under the key. */
    public static byte[] of(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(LABEL);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
