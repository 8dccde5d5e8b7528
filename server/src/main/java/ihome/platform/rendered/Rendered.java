package ihome.platform.rendered;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An answer that was found (200), ready for the wire: plain at once, compressed once it has been asked for again. Its tags
 * are strong: made from its bytes, one for each encoding (RFC 9110, 8.8.3).
 */
public final class Rendered {
    /** Shorter bodies are not worth a client's unpacking. */
    private static final int SHORTEST_COMPRESSED = 256;
    /** What stands beside the bytes in memory, about. */
    private static final int OVERHEAD = 1_024;

    /** Whom an answer is for. */
    public enum Audience {
        /** The same for whoever asks. */
        ALL,
        /** For who is not logged in. */
        NOBODY
    }

    private final String route;
    private final Audience audience;
    private final String contentType;
    private final List<Map.Entry<String, String>> headers;
    private final Stamp stamp;
    private final long begun = System.nanoTime();
    private final long lifetime;
    private final String tag;
    private final Variant plain;
    private final AtomicBoolean compressing;
    private boolean permanent;
    private volatile @Nullable Variant gzip;
    private volatile @Nullable Variant brotli;

    /**
     * @param route the path pattern that it is counted under
     * @param audience who may be sent it
     * @param headers more headers; {@code ETag}, {@code Vary}, length and encoding are added
     * @param body the whole body; not copied
     * @param stamp taken before anything of it was read
     * @param lifetime how long it is used at most
     */
    public Rendered(
            String route,
            Audience audience,
            String contentType,
            List<Map.Entry<String, String>> headers,
            byte[] body,
            Stamp stamp,
            Duration lifetime) {
        this.route = route;
        this.audience = audience;
        this.contentType = contentType;
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        all.add(Map.entry("Vary", audience == Audience.ALL ? "Accept-Encoding" : "Accept-Encoding, Cookie"));
        this.headers = List.copyOf(all);
        this.stamp = stamp;
        this.lifetime = lifetime.toNanos();
        this.tag = hash(body);
        this.plain = new Variant(contentType, this.headers, '"' + tag + '"', null, body);
        this.compressing = new AtomicBoolean(body.length < SHORTEST_COMPRESSED);
    }

    /**
     * A file that stays the same while the process lives, compressed beforehand.
     *
     * @param brotli the same compressed; null where it does not pay
     * @param gzip likewise
     */
    public static Rendered file(
            String route,
            String contentType,
            List<Map.Entry<String, String>> headers,
            byte[] plain,
            byte @Nullable [] brotli,
            byte @Nullable [] gzip) {
        Rendered file = new Rendered(
                route, Audience.ALL, contentType, headers, plain, Stamp.forGood(), Duration.ofDays(36_500));
        file.compressing.set(true);
        file.permanent = true;
        file.brotli = brotli == null ? null : file.compressed("br", brotli);
        file.gzip = gzip == null ? null : file.compressed("gzip", gzip);
        return file;
    }

    /** The path pattern that it is counted under. */
    public String route() {
        return route;
    }

    public String contentType() {
        return contentType;
    }

    /** Whether it does not matter who asks. */
    boolean sameForAll() {
        return audience == Audience.ALL;
    }

    /** Whether it stays in memory while the process lives, whoever is sent it. */
    public boolean isPermanent() {
        return permanent;
    }

    /** Whether it may still be sent. */
    public boolean inForce() {
        return stamp.holds() && System.nanoTime() - begun < lifetime;
    }

    /** The uncompressed one. */
    public Variant plain() {
        return plain;
    }

    /** A copy of the uncompressed body. */
    public byte[] body() {
        return Arrays.copyOfRange(plain.array(), plain.bodyFrom(), plain.array().length);
    }

    /** The smallest that there is now of those that a client takes. */
    public Variant bestFor(Encodings accepted) {
        Variant small = accepted.brotli() ? brotli : null;
        if (small == null && accepted.gzip()) {
            small = gzip;
        }
        return small == null ? plain : small;
    }

    /** It was found in memory: so it is worth compressing, which is done beside the requests. */
    void askedAgain() {
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
            brotli = compressed("br", packed);
        }
        if (zipped.length < room) {
            gzip = compressed("gzip", zipped);
        }
    }

    private Variant compressed(String encoding, byte[] body) {
        return new Variant(contentType, headers, '"' + tag + '-' + encoding + '"', encoding, body);
    }

    /** Bytes of memory at most, with what compressing it may add. */
    int weight() {
        return 2 * plain.array().length + OVERHEAD;
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
