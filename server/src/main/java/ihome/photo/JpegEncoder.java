package ihome.photo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Writes progressive JPEG files that hold pixels and nothing else. */
final class JpegEncoder {
    private static final float QUALITY = 0.82f;

    private JpegEncoder() {}

    static byte[] encode(RgbPicture picture) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 16);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            ImageWriteParam form = writer.getDefaultWriteParam();
            form.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            form.setCompressionQuality(QUALITY);
            form.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture.toImage(), null, null), form);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}
