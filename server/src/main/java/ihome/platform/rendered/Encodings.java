package ihome.platform.rendered;

import java.util.Locale;

/** Which compressions a client takes (RFC 9110, 12.5.3). */
public record Encodings(boolean brotli, boolean gzip) {
    /** For who takes none. */
    public static final Encodings NONE = new Encodings(false, false);

    private static final Encodings GZIP = new Encodings(false, true);
    private static final Encodings BROTLI = new Encodings(true, false);
    private static final Encodings BOTH = new Encodings(true, true);

    /** Reads the value of {@code Accept-Encoding}; empty when there was none. */
    public static Encodings of(String header) {
        boolean gzip = accepts(header, "gzip");
        if (accepts(header, "br")) {
            return gzip ? BOTH : BROTLI;
        }
        return gzip ? GZIP : NONE;
    }

    private static boolean accepts(String header, String coding) {
        for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] pieces = part.split(";", -1);
            if (pieces[0].trim().equals(coding)) {
                return pieces.length == 1 || !pieces[1].trim().matches("q=0(\\.0{0,3})?");
            }
        }
        return false;
    }
}
