package ihome.platform.responsecache;

import java.util.Locale;

/** Which compressions a client accepts (RFC 9110, 12.5.3). */
public record AcceptedEncodings(boolean brotli, boolean gzip) {
    /** None. */
    public static final AcceptedEncodings NONE = new AcceptedEncodings(false, false);

    private static final AcceptedEncodings GZIP = new AcceptedEncodings(false, true);
    private static final AcceptedEncodings BROTLI = new AcceptedEncodings(true, false);
    private static final AcceptedEncodings BOTH = new AcceptedEncodings(true, true);

    /** Reads the value of {@code Accept-Encoding}; empty when there was none. */
    public static AcceptedEncodings of(String header) {
        if (header.isEmpty()) {
            return NONE;
        }
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
