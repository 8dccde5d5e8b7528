package ihome.importing.scene;

/** Turns a painted canvas into the picture: light laid over it, darker corners, a trace of grain. */
final class Exposure {
    private static final float GRAIN = 2.2f;

    private Exposure() {}

    /** {@code threshold} (0 to 1): what is brighter than that glows. */
    static void develop(Canvas canvas, double threshold, double bloom, double vignette) {
        int[] pixels = canvas.pixels();
        canvas.glow.bloom(pixels, threshold, bloom);
        float[] dimming = canvas.glow.dimming();
        float[] across = darkening(Canvas.WIDTH, vignette);
        float[] down = darkening(Canvas.HEIGHT, vignette * 0.8);
        float[] line = new float[Glow.WIDTH * 3];
        int noise = 0x9E3779B9;
        for (int y = 0; y < Canvas.HEIGHT; y++) {
            interpolate(dimming, y, line);
            for (int x = 0; x < Canvas.WIDTH; x++) {
                noise ^= noise << 13;
                noise ^= noise >>> 17;
                noise ^= noise << 5;
                float grain = ((noise & 0xFF) + (noise >> 8 & 0xFF) - 255) * (GRAIN / 255);
                float shade = across[x] * down[y];
                int cell = x / Glow.STEP * 3;
                float share = (x % Glow.STEP) / (float) Glow.STEP;
                int rgb = pixels[y * Canvas.WIDTH + x];
                int red = expose(Tint.red(rgb), line, cell, share, shade, grain);
                int green = expose(Tint.green(rgb), line, cell + 1, share, shade, grain);
                int blue = expose(Tint.blue(rgb), line, cell + 2, share, shade, grain);
                pixels[y * Canvas.WIDTH + x] = red << 16 | green << 8 | blue;
            }
        }
    }

    private static int expose(int value, float[] line, int cell, float share, float shade, float grain) {
        float dimming = line[cell] + (line[cell + 3] - line[cell]) * share;
        float lit = 255 - (255 - value) * dimming;
        return Math.clamp((int) (lit * shade + grain + 0.5f), 0, 255);
    }

    private static void interpolate(float[] cells, int y, float[] line) {
        int row = y / Glow.STEP * Glow.WIDTH * 3;
        float share = (y % Glow.STEP) / (float) Glow.STEP;
        for (int i = 0; i < line.length; i++) {
            float above = cells[row + i];
            line[i] = above + (cells[row + Glow.WIDTH * 3 + i] - above) * share;
        }
    }

    private static float[] darkening(int length, double strength) {
        float[] factors = new float[length];
        for (int i = 0; i < length; i++) {
            double offset = 2.0 * i / (length - 1) - 1;
            factors[i] = (float) (1 - strength * Math.pow(Math.abs(offset), 2.6));
        }
        return factors;
    }
}
