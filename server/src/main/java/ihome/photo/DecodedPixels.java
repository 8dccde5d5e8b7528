package ihome.photo;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Rows of a decoded picture of any kind, in sRGB and without transparency: what shines through is white.
 *
 * <p>Grey samples are taken as they are: files hold them with the curve of sRGB, whereas Java's grey colour space is
 * linear and would brighten them.
 */
final class DecodedPixels implements PixelSource {
    /** Rows converted at once where the picture has a colour space of its own. */
    private static final int STRIP = 64;

    private final BufferedImage image;
    private final Raster raster;
    private final int width;
    private final RowReader reader;

    DecodedPixels(BufferedImage image) {
        this.image = image;
        this.raster = image.getRaster();
        this.width = image.getWidth();
        this.reader = readerFor(image.getColorModel());
    }

    /** One way to read a row, chosen once for a picture. */
    @FunctionalInterface
    private interface RowReader {
        void read(int y, int[] rgb);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return image.getHeight();
    }

    @Override
    public void row(int y, int[] rgb) {
        reader.read(y, rgb);
    }

    private RowReader readerFor(ColorModel model) {
        if (model instanceof IndexColorModel palette) {
            return paletteRows(palette);
        }
        ColorSpace space = model.getColorSpace();
        if (space.getType() == ColorSpace.TYPE_GRAY || space.isCS_sRGB()) {
            boolean bytes = raster.getTransferType() == DataBuffer.TYPE_BYTE
                    && model.getNumComponents() == raster.getNumDataElements();
            return bytes && model.getTransparency() == Transparency.OPAQUE ? byteRows() : sampleRows(model);
        }
        return convertedRows();
    }

    private RowReader paletteRows(IndexColorModel palette) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        for (int i = 0; i < colours.length; i++) {
            int argb = colours[i];
            colours[i] = onWhite((argb >> 16) & 0xff, (argb >> 8) & 0xff, argb & 0xff, argb >>> 24);
        }
        int[] samples = new int[width];
        return (y, rgb) -> {
            raster.getSamples(0, y, width, 1, 0, samples);
            for (int x = 0; x < width; x++) {
                rgb[x] = samples[x] < colours.length ? colours[samples[x]] : 0;
            }
        };
    }

    /** The common case, opaque bytes, without a call for every sample. */
    private RowReader byteRows() {
        int bands = raster.getNumBands();
        int green = bands == 1 ? 0 : 1;
        int blue = bands == 1 ? 0 : 2;
        byte[] samples = new byte[width * bands];
        return (y, rgb) -> {
            raster.getDataElements(0, y, width, 1, samples);
            for (int x = 0, i = 0; x < width; x++, i += bands) {
                rgb[x] = (samples[i] & 0xff) << 16 | (samples[i + green] & 0xff) << 8 | (samples[i + blue] & 0xff);
            }
        };
    }

    /** Samples of 1 to 16 bits, grey or RGB, perhaps with alpha as the last. */
    private RowReader sampleRows(ColorModel model) {
        int bands = raster.getNumBands();
        boolean grey = model.getNumColorComponents() == 1;
        int alpha = model.hasAlpha() ? bands - 1 : -1;
        int[] highest = new int[bands];
        for (int band = 0; band < bands; band++) {
            highest[band] = (1 << model.getComponentSize(band)) - 1;
        }
        int[] samples = new int[width * bands];
        return (y, rgb) -> {
            raster.getPixels(0, y, width, 1, samples);
            for (int x = 0, i = 0; x < width; x++, i += bands) {
                int red = samples[i] * 255 / highest[0];
                int green = grey ? red : samples[i + 1] * 255 / highest[1];
                int blue = grey ? red : samples[i + 2] * 255 / highest[2];
                rgb[x] = onWhite(red, green, blue, alpha < 0 ? 255 : samples[i + alpha] * 255 / highest[alpha]);
            }
        };
    }

    /** A colour space of the picture's own, converted strip by strip: whole, it would need the memory twice. */
    private RowReader convertedRows() {
        ColorConvertOp conversion = new ColorConvertOp(null);
        BufferedImage strip = new BufferedImage(width, STRIP, BufferedImage.TYPE_INT_ARGB);
        int[] stripStart = {-STRIP};
        return (y, rgb) -> {
            if (y < stripStart[0] || y >= stripStart[0] + STRIP) {
                stripStart[0] = y;
                int rows = Math.min(STRIP, image.getHeight() - y);
                conversion.filter(image.getSubimage(0, y, width, rows), strip.getSubimage(0, 0, width, rows));
            }
            strip.getRaster().getDataElements(0, y - stripStart[0], width, 1, rgb);
            for (int x = 0; x < width; x++) {
                int argb = rgb[x];
                rgb[x] = onWhite((argb >> 16) & 0xff, (argb >> 8) & 0xff, argb & 0xff, argb >>> 24);
            }
        };
    }

    private static int onWhite(int red, int green, int blue, int alpha) {
        return over(red, alpha) << 16 | over(green, alpha) << 8 | over(blue, alpha);
    }

    private static int over(int colour, int alpha) {
        return 255 - ((255 - colour) * alpha + 127) / 255;
    }
}
