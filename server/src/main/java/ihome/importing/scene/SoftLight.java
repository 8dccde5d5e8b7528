package ihome.importing.scene;

/** Soft oval patches, laid straight on the pixels: Java2D's radial gradients take ten times as long. */
final class SoftLight {
    private static final int STEPS = 1024;
    private static final float[] FALLOFF = new float[STEPS + 1];

    static {
        for (int i = 0; i <= STEPS; i++) {
            FALLOFF[i] = (float) falloff(Math.sqrt(i / (double) STEPS));
        }
    }

    private SoftLight() {}

    /** How strong the patch is at a share of its radius: 1 in the middle, 0 at the rim, without an edge anywhere. */
    static double falloff(double distance) {
        double rest = Math.clamp(1 - distance * distance, 0, 1);
        return rest * rest * (0.35 + 0.65 * rest);
    }

    /** All lengths in pixels. */
    static void lay(int[] pixels, double x, double y, double radiusX, double radiusY, int rgb, double opacity) {
        int top = (int) Math.max(0, Math.ceil(y - radiusY));
        int bottom = (int) Math.min(Canvas.HEIGHT - 1.0, y + radiusY);
        int left = (int) Math.max(0, Math.ceil(x - radiusX));
        int right = (int) Math.min(Canvas.WIDTH - 1.0, x + radiusX);
        float strength = (float) (256 * Math.clamp(opacity, 0, 1));
        float inverse = (float) (1 / radiusX);
        for (int row = top; row <= bottom; row++) {
            float dy = (float) ((row - y) / radiusY);
            float rowDistance = dy * dy;
            for (int column = left; column <= right; column++) {
                float dx = (float) (column - x) * inverse;
                float distance = rowDistance + dx * dx;
                if (distance < 1) {
                    int share = (int) (strength * FALLOFF[(int) (distance * STEPS)]);
                    int at = row * Canvas.WIDTH + column;
                    pixels[at] = Tint.blend(pixels[at], rgb, share);
                }
            }
        }
    }
}
