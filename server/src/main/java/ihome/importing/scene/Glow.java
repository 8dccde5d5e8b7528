package ihome.importing.scene;

/** Light that spreads over its surroundings, kept at an eighth of the canvas's resolution. */
final class Glow {
    static final int STEP = 8;
    static final int WIDTH = Canvas.WIDTH / STEP + 2;
    static final int HEIGHT = Canvas.HEIGHT / STEP + 2;

    /** Pixels looked at in each cell, and the luminance of white. */
    private static final int SAMPLES = 4;

    private static final int LUMINANCE = 256 * 255;

    /** Red, green, blue of each cell, 0 to 1 and above. */
    final float[] cells = new float[WIDTH * HEIGHT * 3];

    /** A lamp at x, y (canvas units) that lights a circle of {@code radius} units. */
    void lamp(double x, double y, double radius, int rgb, double strength) {
        double scale = Canvas.WIDTH / Canvas.ACROSS / STEP;
        double centreX = x * scale;
        double centreY = y * scale;
        double reach = radius * scale;
        int top = (int) Math.max(0, centreY - reach);
        int bottom = (int) Math.min(HEIGHT - 1.0, centreY + reach);
        int left = (int) Math.max(0, centreX - reach);
        int right = (int) Math.min(WIDTH - 1.0, centreX + reach);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double distance = Math.hypot(column - centreX, row - centreY) / reach;
                if (distance < 1) {
                    double falloff = 1 - distance;
                    add(row * WIDTH + column, rgb, strength * falloff * falloff * (1 - 0.4 * distance));
                }
            }
        }
    }

    private void add(int cell, int rgb, double strength) {
        cells[3 * cell] += (float) (strength * Tint.red(rgb) / 255);
        cells[3 * cell + 1] += (float) (strength * Tint.green(rgb) / 255);
        cells[3 * cell + 2] += (float) (strength * Tint.blue(rgb) / 255);
    }

    /** Adds what is brighter than {@code threshold} (0 to 1) in the picture, blurred. */
    void bloom(int[] pixels, double threshold, double strength) {
        float[] bright = new float[cells.length];
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                sample(pixels, row, column, threshold, strength, bright);
            }
        }
        for (int pass = 0; pass < 3; pass++) {
            blur(bright, 3, WIDTH, HEIGHT, 3, WIDTH * 3);
            blur(bright, 3, HEIGHT, WIDTH, WIDTH * 3, 3);
        }
        for (int i = 0; i < cells.length; i++) {
            cells[i] += bright[i];
        }
    }

    /**
     * What is left of the darkness of each cell, 0 to 1: light that is taken from the darkness rather than added to
     * the brightness never burns out.
     */
    float[] dimming() {
        float[] left = new float[cells.length];
        for (int i = 0; i < cells.length; i++) {
            left[i] = 1 / (1 + cells[i]);
        }
        return left;
    }

    private static void sample(int[] pixels, int row, int column, double threshold, double strength, float[] bright) {
        int darkest = (int) (threshold * LUMINANCE);
        float scale = (float) (strength / ((LUMINANCE - darkest) * 255.0 * SAMPLES));
        int at = (row * WIDTH + column) * 3;
        for (int dy = STEP / 4; dy < STEP; dy += STEP / 2) {
            int line = Math.min(Canvas.HEIGHT - 1, row * STEP + dy) * Canvas.WIDTH;
            for (int dx = STEP / 4; dx < STEP; dx += STEP / 2) {
                int rgb = pixels[line + Math.min(Canvas.WIDTH - 1, column * STEP + dx)];
                int above = 77 * Tint.red(rgb) + 151 * Tint.green(rgb) + 28 * Tint.blue(rgb) - darkest;
                if (above > 0) {
                    float share = above * scale;
                    bright[at] += Tint.red(rgb) * share;
                    bright[at + 1] += Tint.green(rgb) * share;
                    bright[at + 2] += Tint.blue(rgb) * share;
                }
            }
        }
    }

    /** A running mean of 2 × radius + 1 cells along each of {@code lines} lines. */
    private static void blur(float[] values, int radius, int length, int lines, int step, int lineStep) {
        float[] line = new float[length];
        for (int start = 0; start < lines; start++) {
            for (int channel = 0; channel < 3; channel++) {
                int base = start * lineStep + channel;
                for (int i = 0; i < length; i++) {
                    line[i] = values[base + i * step];
                }
                float sum = 0;
                for (int i = -radius; i <= radius; i++) {
                    sum += line[Math.clamp(i, 0, length - 1)];
                }
                for (int i = 0; i < length; i++) {
                    values[base + i * step] = sum / (2 * radius + 1);
                    sum += line[Math.min(length - 1, i + radius + 1)] - line[Math.max(0, i - radius)];
                }
            }
        }
    }
}
