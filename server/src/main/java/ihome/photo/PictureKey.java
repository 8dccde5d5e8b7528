package ihome.photo;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of a stored picture, without a width: {@code p/ab/abcdef…} for houses, {@code a/ab/abcdef…} for avatars; the
 * name is 32 hexadecimal digits, and its first two are the folder. This text is what the database keeps. Each size of
 * the picture is a file named after it: {@code p/ab/abcdef…_480.jpg}.
 *
 * @param name 128 random bits in lower-case hexadecimal: who does not know a picture cannot find it
 */
public record PictureKey(PictureKind kind, String name) {
    private static final int NAME_BYTES = 16;
    private static final int NAME_LENGTH = 2 * NAME_BYTES;
    /** The folder's letter, a slash, two digits, a slash. */
    private static final int NAME_FROM = 5;

    private static final Pattern FILE = Pattern.compile("(.{37})_([1-9][0-9]{1,4})\\.jpg");
    private static final SecureRandom RANDOM = new SecureRandom();

    public PictureKey {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a picture name");
        }
    }

    /** A new name that nobody had before and nobody can guess. */
    public static PictureKey random(PictureKind kind) {
        byte[] bits = new byte[NAME_BYTES];
        RANDOM.nextBytes(bits);
        return new PictureKey(kind, HexFormat.of().formatHex(bits));
    }

    /**
     * The key as the database keeps it.
     *
     * @throws IllegalArgumentException the text is not what {@link #toString} gives
     */
    public static PictureKey parse(String text) {
        return find(text).orElseThrow(() -> new IllegalArgumentException("not a picture key: " + text));
    }

    /** Which picture and size a file's name means; empty for any other text, such as what a request asks for. */
    static Optional<PictureFile> parseFile(String file) {
        Matcher parts = FILE.matcher(file);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int width = Integer.parseInt(parts.group(2));
        return find(parts.group(1))
                .flatMap(key -> key.kind().renditions().stream()
                        .filter(rendition -> rendition.width() == width)
                        .findFirst()
                        .map(rendition -> new PictureFile(key, rendition)));
    }

    /** Whether a file of the store of pictures is called so. */
    public static boolean isFile(String name) {
        return parseFile(name).isPresent();
    }

    private static Optional<PictureKey> find(String text) {
        if (text.length() != NAME_FROM + NAME_LENGTH
                || text.charAt(1) != '/'
                || text.charAt(NAME_FROM - 1) != '/'
                || !text.regionMatches(2, text, NAME_FROM, 2)) {
            return Optional.empty();
        }
        String name = text.substring(NAME_FROM);
        for (PictureKind kind : PictureKind.values()) {
            if (text.startsWith(kind.folder()) && isName(name)) {
                return Optional.of(new PictureKey(kind, name));
            }
        }
        return Optional.empty();
    }

    private static boolean isName(String name) {
        boolean digits = name.length() == NAME_LENGTH;
        for (int i = 0; digits && i < NAME_LENGTH; i++) {
            char c = name.charAt(i);
            digits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        return digits;
    }

    /**
     * Key of one size in the blob store.
     *
     * @throws IllegalArgumentException pictures of this kind are not kept in that size
     */
    public String file(Rendition rendition) {
        if (!kind.renditions().contains(rendition)) {
            throw new IllegalArgumentException(kind + " has no " + rendition);
        }
        return this + "_" + rendition.width() + ".jpg";
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return kind.folder() + "/" + name.substring(0, 2) + "/" + name;
    }
}
