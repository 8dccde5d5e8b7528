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
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern KEY = Pattern.compile("([a-z])/([0-9a-f]{2})/(\\2[0-9a-f]{30})");
    private static final Pattern FILE = Pattern.compile("(.{37})_([1-9][0-9]{1,4})\\.jpg");
    private static final SecureRandom RANDOM = new SecureRandom();

    public PictureKey {
        if (!NAME.matcher(name).matches()) {
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

    private static Optional<PictureKey> find(String text) {
        Matcher parts = KEY.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        for (PictureKind kind : PictureKind.values()) {
            if (kind.folder().equals(parts.group(1))) {
                return Optional.of(new PictureKey(kind, parts.group(3)));
            }
        }
        return Optional.empty();
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
