package ihome.importing.scene;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
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

    /** {@code width} is at most the picture's. */
    static byte[] jpeg(BufferedImage picture, int width) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 * 1024);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(scaled(picture, width), null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Every pixel the mean of those it covers: smooth lines and no shimmer. */
    private static BufferedImage scaled(BufferedImage picture, int width) {
        if (width == picture.getWidth()) {
            return picture;
        }
        int height = (int) Math.round(picture.getHeight() * (double) width / picture.getWidth());
        int[] from = pixels(picture);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] to = pixels(small);
        for (int y = 0; y < height; y++) {
            int top = y * picture.getHeight() / height;
            int bottom = Math.min(picture.getHeight(), Math.ceilDiv((y + 1) * picture.getHeight(), height));
            for (int x = 0; x < width; x++) {
                int left = x * picture.getWidth() / width;
                int right = Math.min(picture.getWidth(), Math.ceilDiv((x + 1) * picture.getWidth(), width));
                to[y * width + x] = mean(from, picture.getWidth(), left, top, right, bottom);
            }
        }
        return small;
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

    private static int[] pixels(BufferedImage image) {
        return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }
}
