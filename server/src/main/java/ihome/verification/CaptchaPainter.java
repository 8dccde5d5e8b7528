package ihome.verification;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Draws captchas: four characters that a person reads and a simple OCR program does not.
 *
 * <p>What defends it: letters that touch, stand on no common line, turn either way and change their form; one dark curve
 * through all of them, light scratches across them, and splashes of ink. No font is used.
 */
final class CaptchaPainter {
    /** Size of the pictures, in pixels. */
    static final int WIDTH = 200;

    static final int HEIGHT = 80;

    /** Characters of a captcha. */
    static final int LENGTH = 4;

    private static final float MARGIN_X = 6;
    private static final float MARGIN_Y = 5;

    /** Half the width of the dark curve and of the light ones, in pixels; a letter's line is about twice as wide. */
    private static final float CURVE_RADIUS = 1.4f;

    private static final float SCRATCH_RADIUS = 1.1f;
    private static final int SCRATCHES = 2;
    private static final int SPLASHES = 36;

    private static final float QUALITY = 0.6f;

    private final RandomGenerator random;

    /**
     * A painter that any number of threads may share if they may share its generator.
     *
     * @param random decides the texts, so it must not be predictable: a {@link java.security.SecureRandom} but for tests
     */
    CaptchaPainter(RandomGenerator random) {
        this.random = random;
    }

    /** A new captcha, every text as likely as any other. */
    Captcha draw() {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(GlyphOutlines.ALPHABET.charAt(random.nextInt(GlyphOutlines.ALPHABET.length())));
        }
        return new Captcha(text.toString(), draw(text.toString(), new SplittableRandom(random.nextLong())));
    }

    /** A picture of the text; the noise decides its look and need not be secret. */
    static byte[] draw(String text, RandomGenerator noise) {
        List<PenStroke> letters = new Lettering(noise).write(text);
        new Warp(noise).bend(letters);
        Warp.fit(letters, WIDTH, HEIGHT, MARGIN_X, MARGIN_Y);
        InkCanvas canvas = new InkCanvas(WIDTH, HEIGHT);
        for (PenStroke stroke : letters) {
            canvas.draw(stroke, darkness(noise));
        }
        for (int i = 0; i < SCRATCHES; i++) {
            canvas.erase(curve(SCRATCH_RADIUS, noise));
        }
        canvas.draw(curve(CURVE_RADIUS, noise), darkness(noise));
        for (int i = 0; i < SPLASHES; i++) {
            canvas.draw(splash(noise), darkness(noise));
        }
        return jpeg(paper(canvas.ink(), noise));
    }

    /** @param pixels row by row, 0 black to 255 white */
    private static byte[] jpeg(byte[] pixels) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, WIDTH, HEIGHT, pixels);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 13);
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            ImageWriteParam form = writer.getDefaultWriteParam();
            form.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            form.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), form);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    private static int darkness(RandomGenerator noise) {
        return noise.nextInt(165, 190);
    }

    /** A wave from side to side, steep enough not to pass for a part of a letter. */
    private static PenStroke curve(float radius, RandomGenerator noise) {
        int points = 64;
        float[] x = new float[points];
        float[] y = new float[points];
        float[] radii = new float[points];
        float amplitude = noise.nextFloat(14, 22);
        float middle = HEIGHT / 2f + noise.nextFloat(-7, 7);
        double turns = noise.nextFloat(1.4f, 2.2f) * 2 * Math.PI / WIDTH;
        double phase = noise.nextFloat((float) (2 * Math.PI));
        float from = noise.nextFloat(2, 12);
        float to = WIDTH - noise.nextFloat(2, 12);
        for (int i = 0; i < points; i++) {
            x[i] = from + (to - from) * i / (points - 1);
            y[i] = middle + amplitude * (float) Math.sin(turns * x[i] + phase);
            radii[i] = radius;
        }
        return new PenStroke(x, y, radii);
    }

    private static PenStroke splash(RandomGenerator noise) {
        float x = noise.nextFloat(WIDTH);
        float y = noise.nextFloat(HEIGHT);
        float radius = noise.nextFloat(0.8f, 1.7f);
        return new PenStroke(new float[] {x, x}, new float[] {y, y}, new float[] {radius, radius});
    }

    /** The inked sheet as it is seen: uneven paper, 0 black to 255 white. */
    private static byte[] paper(byte[] ink, RandomGenerator noise) {
        byte[] pixels = new byte[ink.length];
        float slopeX = noise.nextFloat(-18, 18) / WIDTH;
        float slopeY = noise.nextFloat(-18, 18) / HEIGHT;
        for (int y = 0, at = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x += 8) {
                long grain = noise.nextLong();
                for (int i = 0; i < 8; i++, at++, grain >>>= 8) {
                    int light = (int) (226 + slopeX * (x + i - WIDTH / 2f) + slopeY * (y - HEIGHT / 2f));
                    int speck = (int) (grain & 0xff) * 24 / 255 - 12;
                    pixels[at] = (byte) Math.clamp(light - (ink[at] & 0xff) + speck, 0, 255);
                }
            }
        }
        return pixels;
    }
}
