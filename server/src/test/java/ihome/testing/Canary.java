package ihome.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A made-up piece of personal data that is sought in places where it must not be, in every spelling it may have there. */
public final class Canary {
    private static final int PIECE = 1 << 20;

    /** Name of a spelling → its bytes as characters of one byte each. */
    private final Map<String, String> spellings = new LinkedHashMap<>();

    private Canary() {}

    /** A real name in Chinese. */
    public static Canary name(String name) {
        Canary canary = new Canary();
        canary.text(name);
        StringBuilder escaped = new StringBuilder();
        name.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        canary.text(escaped.toString());
        canary.text(URLEncoder.encode(name, StandardCharsets.UTF_8));
        canary.bytes("UTF-16", name.getBytes(StandardCharsets.UTF_16BE));
        canary.bytes("GBK", name.getBytes(Charset.forName("GBK")));
        canary.encoded(name);
        return canary;
    }

    /** An identity number, as a whole, without its check digit, its middle alone, and with blanks or dashes. */
    public static Canary identityNumber(String number) {
        Canary canary = new Canary();
        canary.text(number);
        canary.text(number.toLowerCase(Locale.ROOT));
        canary.text(number.substring(0, 17));
        canary.text(number.substring(3, 14));
        for (String mark : List.of(" ", "-")) {
            canary.text(number.substring(0, 6) + mark + number.substring(6, 14) + mark + number.substring(14));
            canary.text(number.substring(0, 6) + mark + number.substring(6));
        }
        canary.bytes("UTF-16", number.getBytes(StandardCharsets.UTF_16BE));
        canary.encoded(number);
        return canary;
    }

    /** A mobile, also with its country code and in groups. */
    public static Canary mobile(String mobile) {
        Canary canary = new Canary();
        canary.text(mobile);
        for (String mark : List.of(" ", "-")) {
            canary.text(mobile.substring(0, 3) + mark + mobile.substring(3, 7) + mark + mobile.substring(7));
        }
        canary.encoded(mobile);
        return canary;
    }

    private void text(String text) {
        bytes(text, text.getBytes(StandardCharsets.UTF_8));
    }

    private void encoded(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        text(HexFormat.of().formatHex(utf8));
        text(HexFormat.of().withUpperCase().formatHex(utf8));
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(utf8);
        text(base64.substring(0, base64.length() - 1));
    }

    private void bytes(String name, byte[] bytes) {
        spellings.put(name, new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** The spelling that is in a text; empty when none is. */
    public Optional<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    public Optional<String> in(byte[] bytes) {
        return in(bytes, bytes.length);
    }

    /** As characters of one byte each, since the JVM looks for a string in another many bytes at a time. */
    private Optional<String> in(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> spelling : spellings.entrySet()) {
            if (text.contains(spelling.getValue())) {
                return Optional.of(spelling.getKey());
            }
        }
        return Optional.empty();
    }

    /** Where it is in a file: the file's name and the spelling. */
    public Optional<String> in(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in(in).map(spelling -> file + ": " + spelling);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // removed meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Piece by piece, with so much of the one before that nothing is missed at the seams. */
    public Optional<String> in(InputStream stream) throws IOException {
        int overlap = 256;
        byte[] piece = new byte[PIECE + overlap];
        int kept = 0;
        while (true) {
            int read = stream.readNBytes(piece, kept, PIECE);
            Optional<String> found = in(piece, kept + read);
            if (found.isPresent() || read < PIECE) {
                return found;
            }
            System.arraycopy(piece, kept + read - overlap, piece, 0, overlap);
            kept = overlap;
        }
    }

    /** Where it is in the files of a folder. */
    public List<String> inFolder(Path folder) {
        List<String> found = new ArrayList<>();
        for (Path file : StoredFiles.below(folder)) {
            in(file).ifPresent(found::add);
        }
        return found;
    }

    /** Every spelling, as it is told when it is found. */
    public List<String> spellings() {
        return List.copyOf(spellings.keySet());
    }

    /** The bytes of a spelling. */
    public byte[] bytesOf(String spelling) {
        return Objects.requireNonNull(spellings.get(spelling)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
