package ihome.importing.scene;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files of a finished picture. */
final class Print {
    private static final float QUALITY = 0.84f;

    private Print() {}

    /** A finished canvas's pixels, {@code width} pixels wide, at most the canvas's own. */
    static byte[] jpeg(int[] pixels, int width) {
        int height = Math.round(Canvas.HEIGHT * width / (float) Canvas.WIDTH);
        BufferedImage picture = interleaved(scaled(pixels, width, height), width, height);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 * 1024);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Every pixel the mean of those it covers: smooth lines and no shimmer. */
    private static int[] scaled(int[] from, int width, int height) {
        if (width == Canvas.WIDTH) {
            return from;
        }
        int[] to = new int[width * height];
        for (int y = 0; y < height; y++) {
            int top = y * Canvas.HEIGHT / height;
            int bottom = (y + 1) * Canvas.HEIGHT / height;
            for (int x = 0; x < width; x++) {
                int left = x * Canvas.WIDTH / width;
                int right = (x + 1) * Canvas.WIDTH / width;
                to[y * width + x] = mean(from, Canvas.WIDTH, left, top, right, bottom);
            }
        }
        return to;
    }

    private static int mean(int[] pixels, int stride, int left, int top, int right, int bottom) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int rgb = pixels[y * stride + x];
                red += Tint.red(rgb);
                green += Tint.green(rgb);
                blue += Tint.blue(rgb);
            }
        }
        int count = (right - left) * (bottom - top);
        return Tint.of(red / count, green / count, blue / count);
    }

    /** Bytes in the order of the file: the encoder copies those whole, and anything else sample by sample. */
    private static BufferedImage interleaved(int[] pixels, int width, int height) {
        byte[] bytes = new byte[pixels.length * 3];
        int at = 0;
        for (int rgb : pixels) {
            bytes[at++] = (byte) Tint.red(rgb);
            bytes[at++] = (byte) Tint.green(rgb);
            bytes[at++] = (byte) Tint.blue(rgb);
        }
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(bytes, bytes.length), width, height, width * 3, 3, new int[] {0, 1, 2}, null);
        ComponentColorModel rgb = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        return new BufferedImage(rgb, raster, false, null);
    }
}
