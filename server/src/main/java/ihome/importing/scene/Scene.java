package ihome.importing.scene;

import ihome.photo.PictureKey;
import ihome.photo.PictureKind;
import ihome.photo.Rendition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One of the drawn pictures. */
public final class Scene {
    /** Part of the keys: raise it when the drawing changes, so that no key changes its bytes. */
    private static final int EDITION = 1;

    private static final Map<Motif, List<Scene>> ALL = new EnumMap<>(Motif.class);

    static {
        for (Motif motif : Motif.values()) {
            List<Scene> variants = new ArrayList<>();
            for (int variant = 0; variant < Motif.VARIANTS; variant++) {
                variants.add(new Scene(motif, variant));
            }
            ALL.put(motif, List.copyOf(variants));
        }
    }

    private final Motif motif;
    private final int variant;
    private final String pictureKey;

    private Scene(Motif motif, int variant) {
        this.motif = motif;
        this.variant = variant;
        byte[] digest = sha256("scene %d %s %d".formatted(EDITION, motif, variant));
        this.pictureKey = new PictureKey(PictureKind.HOUSE, HexFormat.of().formatHex(digest, 0, 16)).toString();
    }

    /** Every picture there is. */
    public static List<Scene> all() {
        return ALL.values().stream().flatMap(List::stream).toList();
    }

    /** Three pictures of three motifs, the main one first; the same for the same house. */
    public static List<Scene> of(String house, Stay stay, Surroundings surroundings) {
        SplittableRandom random = new SplittableRandom(seed(house));
        List<Motif> indoors = new ArrayList<>(indoors(stay));
        List<Motif> outdoors = new ArrayList<>(outdoors(surroundings));
        List<Motif> chosen = new ArrayList<>();
        boolean outsideFirst = random.nextInt(5) < 2;
        chosen.add(pick(outsideFirst ? outdoors : indoors, random));
        chosen.add(pick(outsideFirst ? indoors : outdoors, random));
        chosen.add(pick(indoors.isEmpty() ? outdoors : indoors, random));
        return chosen.stream()
                .map(motif -> ALL.getOrDefault(motif, List.of()).get(random.nextInt(Motif.VARIANTS)))
                .toList();
    }

    private static Motif pick(List<Motif> motifs, SplittableRandom random) {
        return motifs.remove(random.nextInt(motifs.size()));
    }

    private static List<Motif> indoors(Stay stay) {
        return switch (stay) {
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

    private static long seed(String house) {
        byte[] digest = sha256(house);
        return java.nio.ByteBuffer.wrap(digest).getLong();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The key under which houses refer to the picture, without a width. */
    public String pictureKey() {
        return pictureKey;
    }

    /** Draws it: a JPEG for each blob key, one a width. */
    public Map<String, byte[]> draw() {
        PictureKey key = PictureKey.parse(pictureKey);
        Map<String, byte[]> files = new LinkedHashMap<>();
        Canvas canvas = motif.paint(variant);
        for (Rendition rendition : PictureKind.HOUSE.renditions()) {
            files.put(key.file(rendition), Print.jpeg(canvas.pixels(), rendition.width()));
        }
        return files;
    }

    @Override
    public String toString() {
        return motif + " " + variant;
    }
}
