package ihome.photo;

import ihome.photo.NotAPicture.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.ImageInputStream;

/** Decodes the first image of a file whose header was checked, no larger than it has to be. */
final class PictureDecoder {
    /**
     * The decoded picture is thinned out until it fits, whatever is lost. A photo of 12 megapixels fits as it is; beyond,
     * two pixels and more are left for each that is kept.
     */
    private static final long MAX_DECODED_BYTES = 40_000_000;

    private final byte[] file;
    private final PictureHeader header;
    private final DecodingGuard guard;
    private boolean dataDamaged;

    /** @param guard of this thread */
    PictureDecoder(byte[] file, PictureHeader header, DecodingGuard guard) {
        this.file = file;
        this.header = header;
        this.guard = guard;
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
        boolean padded = header.format() == PictureFormat.WEBP;
        try (ImageInputStream in = new UploadStream(file, padded, header.cost().garbage(), guard)) {
            reader.addIIOReadWarningListener((source, warning) -> warned(warning));
            reader.addIIOReadProgressListener(guarding());
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
            boolean forItsCost = !dataDamaged && guard.isTooDear();
            throw new NotAPicture(forItsCost ? Reason.UNSUPPORTED_CODING : Reason.DAMAGED, broken);
        } finally {
            reader.dispose();
        }
    }

    /** Data that are damaged are not decoded to their end: scans that hold nothing cost as much as full ones. */
    private void warned(String warning) {
        if (tellsOfDamage(warning)) {
            dataDamaged = true;
            guard.end();
        }
    }

    private IIOReadProgressListener guarding() {
        return new ProgressAdapter() {
            @Override
            public void imageProgress(ImageReader source, float percentageDone) {
                try {
                    guard.check();
                } catch (IOException end) {
                    throw new UncheckedIOException(end);
                }
            }
        };
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
