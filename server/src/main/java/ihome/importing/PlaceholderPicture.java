package ihome.importing;

import ihome.photo.PictureKey;
import ihome.photo.PictureKind;
import ihome.photo.Rendition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A picture for a house that has none of its own, drawn for this project and shipped as JPEG files in the folder {@code pictures}.
 *
 * @param variant from 1 to {@link #VARIANTS}
 */
record PlaceholderPicture(Motif motif, int variant) {
    /** What a picture shows. */
    enum Motif {
        HUTONG,
        PERSIMMONS,
        SKYLINE,
        LAKE,
        GREAT_WALL,
        FARMHOUSE,
        LOFT,
        BEDROOM,
        TEA_ROOM,
        HOTEL_ROOM,
        BUNK_ROOM
    }

    static final int VARIANTS = 6;
    /** Part of the keys: raise it when the files change, so that no key changes its bytes. */
    private static final int EDITION = 2;

    /** Every picture there is. */
    static List<PlaceholderPicture> all() {
        return Stream.of(Motif.values())
                .flatMap(motif ->
                        IntStream.rangeClosed(1, VARIANTS).mapToObj(variant -> new PlaceholderPicture(motif, variant)))
                .toList();
    }

    /** Three pictures of three motifs, the main one first; the same for the same house. */
    static List<PlaceholderPicture> of(String house, RoomType roomType, Surroundings surroundings) {
        SplittableRandom random =
                new SplittableRandom(ByteBuffer.wrap(sha256(house)).getLong());
        List<Motif> indoors = new ArrayList<>(indoors(roomType));
        List<Motif> outdoors = new ArrayList<>(outdoors(surroundings));
        List<Motif> chosen = new ArrayList<>();
        boolean outsideFirst = random.nextInt(5) < 2;
        chosen.add(pick(outsideFirst ? outdoors : indoors, random));
        chosen.add(pick(outsideFirst ? indoors : outdoors, random));
        chosen.add(pick(indoors.isEmpty() ? outdoors : indoors, random));
        return chosen.stream()
                .map(motif -> new PlaceholderPicture(motif, 1 + random.nextInt(VARIANTS)))
                .toList();
    }

    private static Motif pick(List<Motif> motifs, SplittableRandom random) {
        return motifs.remove(random.nextInt(motifs.size()));
    }

    private static List<Motif> indoors(RoomType roomType) {
        return switch (roomType) {
            case ENTIRE_HOME -> List.of(Motif.LOFT, Motif.BEDROOM, Motif.TEA_ROOM);
            case PRIVATE_ROOM -> List.of(Motif.BEDROOM, Motif.TEA_ROOM);
            case SHARED_ROOM -> List.of(Motif.BUNK_ROOM);
            case HOTEL_ROOM -> List.of(Motif.HOTEL_ROOM);
        };
    }

    private static List<Motif> outdoors(Surroundings surroundings) {
        return switch (surroundings) {
            case OLD_CITY -> List.of(Motif.HUTONG, Motif.PERSIMMONS, Motif.LAKE);
            case CITY -> List.of(Motif.SKYLINE, Motif.LAKE, Motif.PERSIMMONS, Motif.HUTONG);
            case HILLS -> List.of(Motif.GREAT_WALL, Motif.FARMHOUSE, Motif.PERSIMMONS, Motif.LAKE);
        };
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private String name() {
        return motif.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + variant;
    }

    /** The key under which houses refer to the picture, without a width. */
    String pictureKey() {
        byte[] digest = sha256("placeholder %d %s".formatted(EDITION, name()));
        return new PictureKey(PictureKind.HOUSE, HexFormat.of().formatHex(digest, 0, 16)).toString();
    }

    /** A JPEG for each blob key, one a width. */
    Map<String, byte[]> files() {
        PictureKey key = PictureKey.parse(pictureKey());
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (Rendition rendition : PictureKind.HOUSE.renditions()) {
            files.put(key.file(rendition), read("pictures/%s-%d.jpg".formatted(name(), rendition.width())));
        }
        return files;
    }

    private static byte[] read(String file) {
        try (InputStream in = PlaceholderPicture.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
