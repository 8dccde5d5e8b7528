package ihome.photo;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Any bytes as an upload: a picture made anew, without a word of the old one, or refused. */
public final class PictureFuzz {
    private static final PictureProcessor PROCESSOR = new PictureProcessor(1, Duration.ofSeconds(30));

    private PictureFuzz() {}

    /** What is loaded at the first call takes longer, with coverage counted, than Jazzer lets one input take. */
    public static void fuzzerInitialize() {
        seeds().forEach(PictureFuzz::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] upload) {
        // Pixels cost time, not insight: what claims to be large is tested elsewhere.
        if (upload.length > 64 * 1024) {
            return;
        }
        try {
            ProcessedPicture picture = TestPictures.process(PROCESSOR, upload, PictureKind.AVATAR);
            for (byte[] file : picture.renditions().values()) {
                if (file.length < 4 || file[0] != (byte) 0xff || file[1] != (byte) 0xd8) {
                    throw new IllegalStateException("no JPEG");
                }
            }
        } catch (NotAPicture refused) {
            // With its reason.
        }
    }

    public static List<byte[]> seeds() {
        try {
            BufferedImage image = TestPictures.quarters(24, 16, BufferedImage.TYPE_INT_RGB);
            List<byte[]> seeds = new ArrayList<>();
            for (String format : List.of("jpeg", "png", "gif")) {
                seeds.add(TestPictures.file(image, format));
            }
            seeds.add(TestPictures.progressiveJpeg(image));
            seeds.add(TestPictures.animatedGif(List.of(image, image)));
            seeds.add(TestPictures.webp(TestPictures.losslessWebpChunk(12, 8, Color.RED)));
            seeds.add(TestPictures.withSegment(
                    TestPictures.file(image, "jpeg"), 0xe1, TestPictures.exif(6, ByteOrder.BIG_ENDIAN)));
            return seeds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
