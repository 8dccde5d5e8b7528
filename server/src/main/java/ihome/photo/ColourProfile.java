package ihome.photo;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ICC profile of a picture in RGB or grey: converts its colours to sRGB, the same for every format. A damaged profile,
 * or one for another number of components, counts as none, as in browsers.
 */
final class ColourProfile {
    private static final ColorSpace SRGB = ColorSpace.getInstance(ColorSpace.CS_sRGB);

    private final ColorConvertOp conversion;
    private final int components;

    private ColourProfile(ICC_Profile profile, int components) {
        this.conversion = new ColorConvertOp(new ICC_ColorSpace(profile), SRGB, null);
        this.components = components;
    }

    /**
     * The profile in the bytes; empty for null, and for what cannot be applied.
     *
     * @param components of the picture: 1 for grey, 3 for RGB
     */
    static Optional<ColourProfile> of(@Nullable ByteBuffer bytes, int components) {
        return bytes != null && isSound(bytes, components)
                ? Optional.of(new ColourProfile(profile(bytes), components))
                : Optional.empty();
    }

    /** Whether colours of so many components can be converted with it. */
    static boolean isSound(@Nullable ByteBuffer bytes, int components) {
        if (bytes == null) {
            return false;
        }
        try {
            ICC_Profile profile = profile(bytes);
            if (profile.getNumComponents() != components) {
                return false;
            }
            float[] colour = new ICC_ColorSpace(profile).toRGB(new float[components]);
            return colour.length == 3;
        } catch (RuntimeException damaged) {
            // The colour library meets a damaged profile with every kind of unchecked exception.
            return false;
        }
    }

    private static ICC_Profile profile(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return ICC_Profile.getInstance(copy);
    }

    RgbPicture toSrgb(RgbPicture picture) {
        int width = picture.width();
        int[] row = new int[width];
        byte[] samples = new byte[width * components];
        byte[] converted = new byte[width * 3];
        WritableRaster from = raster(samples, width, components);
        WritableRaster to = raster(converted, width, 3);
        int[] pixels = new int[width * picture.height()];
        for (int y = 0; y < picture.height(); y++) {
            picture.row(y, row);
            for (int x = 0; x < width; x++) {
                for (int band = 0; band < components; band++) {
                    samples[x * components + band] = (byte) (row[x] >> (16 - 8 * band));
                }
            }
            conversion.filter(from, to);
            for (int x = 0; x < width; x++) {
                int red = converted[3 * x] & 0xff;
                int green = converted[3 * x + 1] & 0xff;
                pixels[y * width + x] = red << 16 | green << 8 | (converted[3 * x + 2] & 0xff);
            }
        }
        return new RgbPicture(width, picture.height(), pixels);
    }

    private static WritableRaster raster(byte[] samples, int width, int bands) {
        int[] offsets = IntStream.range(0, bands).toArray();
        DataBufferByte data = new DataBufferByte(samples, samples.length);
        return Raster.createInterleavedRaster(data, width, 1, width * bands, bands, offsets, null);
    }
}
