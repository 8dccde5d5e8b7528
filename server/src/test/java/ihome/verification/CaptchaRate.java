package ihome.verification;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Not a test: prints how many captchas one thread draws in a second and writes samples for an OCR program to fail at.
 *
 * <p>Arguments: a folder and the number of samples. Of each sample the folder gets the picture as it is and as somebody
 * would prepare it for OCR; {@code texts} names what they say and {@code PREPARATION.list} the pictures, in the same order.
 */
final class CaptchaRate {
    private static final int WARM_UP = 5000;
    private static final int MEASURED = 5000;

    private CaptchaRate() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        int samples = Integer.parseInt(args[1]);
        CaptchaPainter painter = new CaptchaPainter(new SecureRandom());
        measure(painter);

        List<String> texts = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            Captcha captcha = painter.draw();
            texts.add(captcha.text());
            BufferedImage plain = ImageIO.read(new ByteArrayInputStream(captcha.jpeg()));
            for (Preparation preparation : Preparation.values()) {
                BufferedImage picture = preparation.of(plain);
                ImageIO.write(
                        picture, "png", folder.resolve(fileName(i, preparation)).toFile());
            }
        }
        Files.write(folder.resolve("texts"), texts);
        for (Preparation preparation : Preparation.values()) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < samples; i++) {
                names.add(folder.resolve(fileName(i, preparation)).toString());
            }
            Files.write(folder.resolve(preparation + ".list"), names);
        }
    }

    private static String fileName(int sample, Preparation preparation) {
        return "%04d.%s.png".formatted(sample, preparation);
    }

    /** Counts the thread's own processor time, so that other work on the machine does not distort the figure. */
    private static void measure(CaptchaPainter painter) {
        long bytes = 0;
        for (int i = 0; i < WARM_UP; i++) {
            bytes += painter.draw().jpeg().length;
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < MEASURED; i++) {
            bytes += painter.draw().jpeg().length;
        }
        double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        System.out.printf(
                "captchas a second and core: %.0f; mean size: %d bytes%n",
                MEASURED / seconds, bytes / (WARM_UP + MEASURED));
    }
}
