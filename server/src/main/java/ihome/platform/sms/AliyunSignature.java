package ihome.platform.sms;

import ihome.platform.config.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Alibaba Cloud's signature version 3 (ACS3-HMAC-SHA256) of requests without a body ("V3版本请求体&签名机制" of its
 * developer documentation, whose example is a test).
 */
final class AliyunSignature {
    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final String EMPTY = hex(sha256(""));

    private final String accessKeyId;
    private final Secret accessKeySecret;

    AliyunSignature(String accessKeyId, Secret accessKeySecret) {
        this.accessKeyId = accessKeyId;
        this.accessKeySecret = accessKeySecret;
    }

    /**
     * The headers to send with a POST, without {@code host}, which is signed as the client sends it.
     *
     * @param uri its query must be {@link #canonicalQuery}
     * @param now in whole seconds
     * @param nonce never used before
     */
    SortedMap<String, String> headers(URI uri, String action, String version, Instant now, String nonce) {
        int usual = "https".equals(uri.getScheme()) ? 443 : 80;
        SortedMap<String, String> signed = new TreeMap<>();
        signed.put(
                "host",
                uri.getPort() == -1 || uri.getPort() == usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
        signed.put("x-acs-action", action);
        signed.put("x-acs-content-sha256", EMPTY);
        signed.put("x-acs-date", now.toString());
        signed.put("x-acs-signature-nonce", nonce);
        signed.put("x-acs-version", version);
        String names = String.join(";", signed.keySet());
        StringBuilder canonical =
                new StringBuilder("POST\n/\n").append(uri.getRawQuery()).append('\n');
        signed.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(names).append('\n').append(EMPTY);
        String signature = hex(hmac(accessKeySecret.reveal(), ALGORITHM + "\n" + hex(sha256(canonical.toString()))));
        signed.remove("host");
        signed.put(
                "authorization",
                ALGORITHM + " Credential=" + accessKeyId + ",SignedHeaders=" + names + ",Signature=" + signature);
        return signed;
    }

    /** Names and values as RFC 3986 encodes them, sorted by name. */
    static String canonicalQuery(SortedMap<String, String> parameters) {
        StringJoiner query = new StringJoiner("&");
        parameters.forEach((name, value) -> query.add(encode(name) + "=" + encode(value)));
        return query.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
