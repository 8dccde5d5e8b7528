package ihome.photo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Measures what the package's description states, on the test class path. {@code make FOLDER} writes sample pictures;
 * {@code run FILE [rounds]} processes one and prints the median time. The peak of the heap is the smallest {@code
 * -Xmx} with which {@code run FILE 1} succeeds, and the native memory what the process holds beyond it.
 */
final class PictureCost {
    private PictureCost() {}

    public static void main(String[] args) throws IOException, NotAPicture {
        if (args[0].equals("make")) {
            make(Path.of(args[1]));
        } else {
            run(Path.of(args[1]), args.length > 2 ? Integer.parseInt(args[2]) : 9);
        }
    }

    private static void run(Path file, int rounds) throws IOException, NotAPicture {
        PictureProcessor processor = new PictureProcessor(1, Duration.ofMinutes(1));
        byte[] upload = Files.readAllBytes(file);
        long[] millis = new long[rounds];
        int bytes = 0;
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            ProcessedPicture picture = TestPictures.process(processor, upload, PictureKind.HOUSE);
            millis[round] = (System.nanoTime() - start) / 1_000_000;
            bytes = picture.file(Rendition.DETAIL).length;
        }
        Arrays.sort(millis);
        System.out.printf(
                "%s %,d bytes: median %d ms (%d to %d), detail %,d bytes%n",
                file.getFileName(), upload.length, millis[rounds / 2], millis[0], millis[rounds - 1], bytes);
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM")) {
                System.out.println(line);
            }
        }
    }

    private static void make(Path folder) throws IOException {
        byte[] phone = jpeg(scene(4032, 3024), false);
        Files.write(
                folder.resolve("phone-12mp.jpg"),
                TestPictures.withSegment(phone, 0xe1, TestPictures.exif(6, ByteOrder.BIG_ENDIAN)));
        Files.write(folder.resolve("largest.jpg"), jpeg(scene(8164, 6124), false));
        Files.write(folder.resolve("not-thinned.jpg"), jpeg(scene(5100, 4380), false));
        Files.write(folder.resolve("progressive.jpg"), jpeg(scene(5700, 4380), true));
        Files.write(
                folder.resolve("not-thinned.png"),
                TestPictures.file(
                        TestPictures.solid(5100, 4300, BufferedImage.TYPE_3BYTE_BGR, java.awt.Color.PINK), "png"));
        Files.write(
                folder.resolve("largest.webp"),
                TestPictures.webp(TestPictures.losslessWebpChunk(5000, 5000, java.awt.Color.PINK)));
    }

    /** Slopes and noise: about as hard to compress as a photo. */
    private static BufferedImage scene(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(12);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int noise = random.nextInt(12);
                int red = 40 + (x * 180 / width) + noise;
                int green = 40 + (y * 180 / height) + noise;
                int blue = 60 + ((x / 97 + y / 83) % 5) * 30 + noise;
                row[x] = red << 16 | green << 8 | blue;
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        return image;
    }

    private static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            ImageWriteParam form = writer.getDefaultWriteParam();
            form.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            form.setCompressionQuality(0.9f);
            form.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), form);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}
