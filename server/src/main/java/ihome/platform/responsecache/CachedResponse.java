package ihome.platform.responsecache;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A successful response (200) that can be sent again: uncompressed from the beginning, compressed once it has been asked
 * for a second time. Its entity tags are strong and are made from its bytes, one for each encoding (RFC 9110, 8.8.3).
 */
public final class CachedResponse {
    /** Shorter bodies are not worth compressing. */
    private static final int SHORTEST_COMPRESSED = 256;
    /** Memory beside the bytes, approximately. */
    private static final int OVERHEAD = 1_024;

    /** Whom a response may be sent to. */
    public enum Audience {
        /** Everybody. */
        EVERYBODY,
        /** Clients that send no session. */
        WITHOUT_SESSION
    }

    private final String route;
    private final Audience audience;
    private final String contentType;
    private final List<Map.Entry<String, String>> headers;
    private final VersionSnapshot snapshot;
    private final long createdAt = System.nanoTime();
    private final long lifetime;
    private final String tag;
    private final EncodedBody identity;
    private final AtomicBoolean compressing;
    private boolean permanent;
    private volatile @Nullable EncodedBody gzip;
    private volatile @Nullable EncodedBody brotli;

    /**
     * A response that can be sent.
     *
     * @param route the path pattern that it is counted under
     * @param headers more headers; {@code ETag}, {@code Vary}, length and encoding are added
     * @param body the whole body; not copied when it is sent uncompressed
     * @param snapshot taken before anything of it was read
     * @param lifetime how long it may be used at most
     */
    public CachedResponse(
            String route,
            Audience audience,
            String contentType,
            List<Map.Entry<String, String>> headers,
            byte[] body,
            VersionSnapshot snapshot,
            Duration lifetime) {
        this.route = route;
        this.audience = audience;
        this.contentType = contentType;
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        all.add(Map.entry("Vary", audience == Audience.EVERYBODY ? "Accept-Encoding" : "Accept-Encoding, Cookie"));
        this.headers = List.copyOf(all);
        this.snapshot = snapshot;
        this.lifetime = lifetime.toNanos();
        this.tag = hash(body);
        this.identity = new EncodedBody(contentType, this.headers, '"' + tag + '"', null, body);
        this.compressing = new AtomicBoolean(body.length < SHORTEST_COMPRESSED);
    }

    /**
     * A file that stays the same while the process runs, compressed beforehand.
     *
     * @param brotli the same compressed; null where it does not pay
     * @param gzip likewise
     */
    public static CachedResponse file(
            String route,
            String contentType,
            List<Map.Entry<String, String>> headers,
            byte[] identity,
            byte @Nullable [] brotli,
            byte @Nullable [] gzip) {
        CachedResponse file = new CachedResponse(
                route,
                Audience.EVERYBODY,
                contentType,
                headers,
                identity,
                VersionSnapshot.permanent(),
                Duration.ofDays(36_500));
        file.compressing.set(true);
        file.permanent = true;
        file.brotli = brotli == null ? null : file.encoded("br", brotli);
        file.gzip = gzip == null ? null : file.encoded("gzip", gzip);
        return file;
    }

    /** The path pattern that it is counted under. */
    public String route() {
        return route;
    }

    public String contentType() {
        return contentType;
    }

    /** Whether it may be sent to everybody, whatever session they send. */
    public boolean isForEverybody() {
        return audience == Audience.EVERYBODY;
    }

    /** Whether it stays in memory while the process runs, whoever is sent it. */
    public boolean isPermanent() {
        return permanent;
    }

    /** Whether it may still be sent. */
    public boolean isValid() {
        return snapshot.isCurrent() && System.nanoTime() - createdAt < lifetime;
    }

    /** The uncompressed body. */
    public EncodedBody identity() {
        return identity;
    }

    /** A copy of the uncompressed body. */
    public byte[] body() {
        return identity.copyOfBody();
    }

    /** The smallest body that exists by now and that a client accepts. */
    public EncodedBody bestFor(AcceptedEncodings accepted) {
        EncodedBody small = accepted.brotli() ? brotli : null;
        if (small == null && accepted.gzip()) {
            small = gzip;
        }
        return small == null ? identity : small;
    }

    /** It was found in the cache, so it is worth compressing, which is done in the background. */
    void used() {
        if (!compressing.getPlain() && compressing.compareAndSet(false, true) && !Compression.later(this::compress)) {
            compressing.set(false);
        }
    }

    private void compress() {
        byte[] body = body();
        byte[] zipped = Compression.gzip(body, 0, body.length);
        byte[] packed = Compression.brotli(body);
        int room = body.length;
        if (packed != null && packed.length < room) {
            room -= packed.length;
            brotli = encoded("br", packed);
        }
        if (zipped.length < room) {
            gzip = encoded("gzip", zipped);
        }
    }

    private EncodedBody encoded(String encoding, byte[] body) {
        return new EncodedBody(contentType, headers, '"' + tag + '-' + encoding + '"', encoding, body);
    }

    /** Bytes of memory at most, including what compressing it may add. */
    int weight() {
        return 2 * identity.array().length + OVERHEAD;
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
