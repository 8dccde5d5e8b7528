package ihome.photo;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import ihome.photo.NotAPicture.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/** Decodes the first image of a file whose header was checked, no larger than it has to be. */
final class PictureDecoder {
    /** The decoded picture is thinned out until it fits, whatever is lost. */
    private static final long MAX_DECODED_BYTES = 64L << 20;

    private final byte[] file;
    private final PictureHeader header;
    private boolean dataDamaged;

    PictureDecoder(byte[] file, PictureHeader header) {
        this.file = file;
        this.header = header;
    }

    /**
     * The picture as it is stored, thinned out where that leaves enough.
     *
     * @param sourceSide pixels of the stored picture along the side that matters
     * @param enough pixels along that side below which nothing is thinned out
     */
    BufferedImage decode(int sourceSide, int enough) throws NotAPicture {
        ImageReader reader = ImageIO.getImageReadersByFormatName(
                        header.format().name().toLowerCase(Locale.ROOT))
                .next();
        try (ImageInputStream in = new ByteArrayImageInputStream(file)) {
            reader.addIIOReadWarningListener((source, warning) -> dataDamaged |= tellsOfDamage(warning));
            // Metadata is ignored: it is not used, and can be a bomb of its own.
            reader.setInput(in, true, true);
            if (reader.getWidth(0) > header.width() || reader.getHeight(0) > header.height()) {
                throw new NotAPicture(Reason.DAMAGED);
            }
            int step = Math.max(Math.max(1, sourceSide / enough), stepForMemory(reader));
            ImageReadParam form = reader.getDefaultReadParam();
            form.setSourceSubsampling(step, step, 0, 0);
            BufferedImage image = reader.read(0, form);
            if (dataDamaged) {
                throw new NotAPicture(Reason.DAMAGED);
            }
            return image;
        } catch (IOException | RuntimeException broken) {
            // Image readers meet hostile input with every kind of unchecked exception.
            throw new NotAPicture(Reason.DAMAGED, broken);
        } finally {
            reader.dispose();
        }
    }

    private int stepForMemory(ImageReader reader) throws IOException {
        ImageTypeSpecifier type = reader.getImageTypes(0).next();
        SampleModel samples = type.getSampleModel(1, 1);
        long bitsPerPixel = 0;
        for (int bits : samples.getSampleSize()) {
            bitsPerPixel += Math.max(8, bits);
        }
        long bytes = header.width() * (long) header.height() * bitsPerPixel / 8;
        int step = 1;
        while (bytes / ((long) step * step) > MAX_DECODED_BYTES) {
            step++;
        }
        return step;
    }

    /** Words of the JPEG library for data that it could not read and made up instead. */
    private static boolean tellsOfDamage(String warning) {
        return warning.startsWith("Premature end")
                || (warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous bytes"));
    }
}
