package ihome.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures that are large to send, or cost much to decode. */
public final class FloodPictures {
    private FloodPictures() {}

    /** Noise, so that its files are as large as pictures' files get. */
    public static byte[] large() throws IOException {
        BufferedImage image = new BufferedImage(1_600, 1_600, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }

    /** A baseline JPEG of 5,000 x 5,000 pixels whose 64 scans hold nothing: a decoder goes over every block in each. */
    public static byte[] manyScans() throws IOException {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "jpg", small);
        byte[] file = small.toByteArray();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 2;
        out.write(file, 0, 2);
        while ((file[at + 1] & 0xff) != 0xda) {
            int length = 2 + (((file[at + 2] & 0xff) << 8) | (file[at + 3] & 0xff));
            if ((file[at + 1] & 0xff) == 0xc0) {
                file[at + 5] = file[at + 7] = (byte) (5_000 >> 8);
                file[at + 6] = file[at + 8] = (byte) 5_000;
            }
            out.write(file, at, length);
            at += length;
        }
        for (int scan = 0; scan < 64; scan++) {
            int component = 1 + scan % 3;
            int tables = component == 1 ? 0 : 0x11;
            out.writeBytes(
                    new byte[] {(byte) 0xff, (byte) 0xda, 0, 8, 1, (byte) component, (byte) tables, 0, 63, 0, 0x55, 0x55
                    });
        }
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
        return out.toByteArray();
    }
}
