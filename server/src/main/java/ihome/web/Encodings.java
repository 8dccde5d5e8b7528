package ihome.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Which compressions a client takes (RFC 9110, 12.5.3). */
record Encodings(boolean brotli, boolean gzip) {

    /** Reads the value of {@code Accept-Encoding}; empty when there was none. */
    static Encodings of(String header) {
        return new Encodings(accepts(header, "br"), accepts(header, "gzip"));
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

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 3 + 64);
        try (GZIPOutputStream zip = new GZIPOutputStream(out, 8192)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
