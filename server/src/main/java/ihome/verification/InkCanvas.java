package ihome.verification;

/** A sheet that strokes of a round pen darken, with smooth edges. Not thread-safe: one for each picture. */
final class InkCanvas {
    private final int width;
    private final int height;
    private final byte[] ink;

    InkCanvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.ink = new byte[width * height];
    }

    /** How much ink lies on each pixel, row by row, 0 to 255 (unsigned); the canvas's own array. */
    byte[] ink() {
        return ink;
    }

    /**
     * Draws a stroke. Where strokes cross, the darker ink shows; what lies beyond the edges is cut off.
     *
     * @param darkness 0 (nothing) to 255
     */
    void draw(PenStroke stroke, int darkness) {
        for (int i = 1; i < stroke.x().length; i++) {
            line(stroke, i, darkness, false);
        }
    }

    /** Takes all ink away along a stroke. */
    void erase(PenStroke stroke) {
        for (int i = 1; i < stroke.x().length; i++) {
            line(stroke, i, 255, true);
        }
    }

    /** The straight piece that ends at a point, as all pixels within the radius of it. */
    private void line(PenStroke stroke, int end, int darkness, boolean erase) {
        float x0 = stroke.x()[end - 1];
        float y0 = stroke.y()[end - 1];
        float x1 = stroke.x()[end];
        float y1 = stroke.y()[end];
        float radius = stroke.radius()[end];
        float outer = radius + 0.5f;
        float inner = Math.max(radius - 0.5f, 0);
        int left = Math.max(0, (int) (Math.min(x0, x1) - outer));
        int right = Math.min(width - 1, (int) (Math.max(x0, x1) + outer));
        int top = Math.max(0, (int) (Math.min(y0, y1) - outer));
        int bottom = Math.min(height - 1, (int) (Math.max(y0, y1) + outer));
        float dx = x1 - x0;
        float dy = y1 - y0;
        float perLength = 1 / Math.max(dx * dx + dy * dy, 1e-6f);
        for (int py = top; py <= bottom; py++) {
            float fromY = py + 0.5f - y0;
            for (int px = left; px <= right; px++) {
                float fromX = px + 0.5f - x0;
                float along = Math.min(1, Math.max(0, (fromX * dx + fromY * dy) * perLength));
                float offX = fromX - along * dx;
                float offY = fromY - along * dy;
                float square = offX * offX + offY * offY;
                if (square >= outer * outer) {
                    continue;
                }
                int level = square <= inner * inner
                        ? darkness
                        : (int) (darkness * Math.min(1, outer - (float) Math.sqrt(square)));
                int at = py * width + px;
                int before = ink[at] & 0xff;
                ink[at] = (byte) (erase ? Math.min(before, 255 - level) : Math.max(before, level));
            }
        }
    }
}
