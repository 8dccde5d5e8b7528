package ihome.verification;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** What somebody would do to a captcha before showing it to an OCR program. */
enum Preparation {
    /** Nothing. */
    RAW {
        @Override
        BufferedImage of(BufferedImage picture) {
            return picture;
        }
    },
    /** Black and white, cut at the best threshold. */
    BLACK {
        @Override
        BufferedImage of(BufferedImage picture) {
            return threshold(picture);
        }
    },
    /** Three times as large. */
    LARGE {
        @Override
        BufferedImage of(BufferedImage picture) {
            return enlarge(picture);
        }
    },
    /** Three times as large, then black and white. */
    LARGE_BLACK {
        @Override
        BufferedImage of(BufferedImage picture) {
            return threshold(enlarge(picture));
        }
    },
    /** Thin lines taken away: a morphological opening as wide as takes the curve and leaves most of the letters. */
    THICK_ONLY {
        @Override
        BufferedImage of(BufferedImage picture) {
            BufferedImage black = threshold(enlarge(picture));
            return spread(spread(black, 7, 0), 7, 255);
        }
    };

    private static final int ENLARGEMENT = 3;

    abstract BufferedImage of(BufferedImage picture);

    private static BufferedImage enlarge(BufferedImage picture) {
        int width = picture.getWidth() * ENLARGEMENT;
        int height = picture.getHeight() * ENLARGEMENT;
        BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = large.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        return large;
    }

    /** Otsu's threshold: the one that parts dark from light with the greatest variance between the two. */
    private static BufferedImage threshold(BufferedImage picture) {
        int[] counts = new int[256];
        int[] levels = picture.getRaster().getSamples(0, 0, picture.getWidth(), picture.getHeight(), 0, (int[]) null);
        double total = 0;
        for (int level : levels) {
            counts[level]++;
            total += level;
        }
        int best = 0;
        double bestVariance = -1;
        long below = 0;
        double belowTotal = 0;
        for (int cut = 0; cut < 255; cut++) {
            below += counts[cut];
            belowTotal += (double) cut * counts[cut];
            long above = levels.length - below;
            if (below == 0 || above == 0) {
                continue;
            }
            double apart = belowTotal / below - (total - belowTotal) / above;
            double variance = (double) below * above * apart * apart;
            if (variance > bestVariance) {
                bestVariance = variance;
                best = cut;
            }
        }
        for (int i = 0; i < levels.length; i++) {
            levels[i] = levels[i] <= best ? 0 : 255;
        }
        return picture(picture.getWidth(), picture.getHeight(), levels);
    }

    /** Lets the pixels other than {@code level} grow over a square about them. */
    private static BufferedImage spread(BufferedImage picture, int radius, int level) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] levels = picture.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
        int[] result = levels.clone();
        for (int at = 0; at < levels.length; at++) {
            if (levels[at] == level) {
                continue;
            }
            int x = at % width;
            int y = at / width;
            for (int ny = Math.max(0, y - radius); ny <= Math.min(height - 1, y + radius); ny++) {
                for (int nx = Math.max(0, x - radius); nx <= Math.min(width - 1, x + radius); nx++) {
                    result[ny * width + nx] = levels[at];
                }
            }
        }
        return picture(width, height, result);
    }

    private static BufferedImage picture(int width, int height, int[] levels) {
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        result.getRaster().setSamples(0, 0, width, height, 0, levels);
        return result;
    }
}
