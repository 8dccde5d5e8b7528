package ihome.verification;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Draws captchas: four characters that a person reads and a simple OCR program does not.
 *
 * <p>What defends it is, in this order: letters that touch, a curve as wide and dark as the letters through all of them,
 * bent lines and forms that change from letter to letter. No font is used.
 */
final class CaptchaPainter {
    /** Size of the pictures, in pixels. */
    static final int WIDTH = 200;

    static final int HEIGHT = 80;

    /** Characters of a captcha. */
    static final int LENGTH = 4;

    private static final GrayJpeg JPEG = new GrayJpeg(WIDTH, HEIGHT, 60);

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
        Warp.fit(letters, WIDTH, HEIGHT, 9, 5);
        InkCanvas canvas = new InkCanvas(WIDTH, HEIGHT);
        for (PenStroke stroke : letters) {
            canvas.draw(stroke, noise.nextInt(165, 190));
        }
        canvas.erase(curve(noise, 1.1f));
        canvas.erase(curve(noise, 1.1f));
        canvas.draw(curve(noise, 1.4f), noise.nextInt(165, 190));
        return JPEG.write(paper(canvas.ink(), noise));
    }

    private static PenStroke curve(RandomGenerator noise, float pen) {
        int points = 64;
        float[] x = new float[points];
        float[] y = new float[points];
        float[] radius = new float[points];
        float amplitude = noise.nextFloat(14, 22);
        float middle = HEIGHT / 2f + noise.nextFloat(-7, 7);
        double turns = noise.nextFloat(1.4f, 2.2f) * 2 * Math.PI / WIDTH;
        double phase = noise.nextFloat((float) (2 * Math.PI));
        float from = noise.nextFloat(2, 12);
        float to = WIDTH - noise.nextFloat(2, 12);
        for (int i = 0; i < points; i++) {
            x[i] = from + (to - from) * i / (points - 1);
            y[i] = middle + amplitude * (float) Math.sin(turns * x[i] + phase);
            float e = Math.abs(2f * i / (points - 1) - 1);
            radius[i] = pen + (e > 0.75f ? 0f * (float) Math.sin((e - 0.75f) * 4 * Math.PI) : 0);
        }
        return new PenStroke(x, y, radius);
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
