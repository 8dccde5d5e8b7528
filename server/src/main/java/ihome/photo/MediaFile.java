package ihome.photo;

import ihome.platform.blob.StoredBlob;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A picture's file ready to be sent: where its bytes are, and every header it is sent with. */
public final class MediaFile {
    /** RFC 9110, 5.6.7: IMF-fixdate. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final StoredBlob blob;
    private final String etag;
    private final Instant lastModified;

    MediaFile(PictureFile file, StoredBlob blob) {
        this.blob = blob;
        // A name is given once and its file never rewritten, so the name is the version.
        this.etag = "\"" + file.key().name() + "_" + file.rendition().width() + "\"";
        this.lastModified = blob.lastModified().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Its bytes, to be read piece by piece. */
    public StoredBlob blob() {
        return blob;
    }

    /** Strong entity tag, in its quotes. */
    public String etag() {
        return etag;
    }

    /** In whole seconds, as HTTP counts. */
    public Instant lastModified() {
        return lastModified;
    }

    /**
     * Whether a client that sent this {@code If-None-Match} holds the file already: answer 304 with the same headers
     * but the length (RFC 9110, 13.1.2).
     */
    public boolean matches(String ifNoneMatch) {
        for (String tag : ifNoneMatch.split(",", -1)) {
            String one = tag.strip();
            if (one.equals("*") || one.equals(etag) || one.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }

    /** Headers of the answer, by name, but for {@code Content-Length}. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", PictureLibrary.CONTENT_TYPE);
        headers.put("Cache-Control", "public, max-age=31536000, immutable");
        headers.put("X-Content-Type-Options", "nosniff");
        // Whoever is sent a house sees its picture there too.
        headers.put("Cross-Origin-Resource-Policy", "cross-origin");
        headers.put("ETag", etag);
        headers.put("Last-Modified", HTTP_DATE.format(lastModified));
        return headers;
    }
}
