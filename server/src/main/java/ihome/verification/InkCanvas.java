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
        float[] x = stroke.x();
        float[] y = stroke.y();
        for (int i = 1; i < x.length; i++) {
            drawLine(x[i - 1], y[i - 1], x[i], y[i], stroke.radius()[i], darkness);
        }
    }

    /** Takes ink away along a stroke. */
    void erase(PenStroke stroke) {
        for (int at = 0; at < ink.length; at++) {
            ink[at] = (byte) (255 - (ink[at] & 0xff));
        }
        draw(stroke, 255);
        for (int at = 0; at < ink.length; at++) {
            ink[at] = (byte) (255 - (ink[at] & 0xff));
        }
    }

    private void drawLine(float x0, float y0, float x1, float y1, float radius, int darkness) {
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
                float along = Math.clamp((fromX * dx + fromY * dy) * perLength, 0f, 1f);
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
                if (level > (ink[at] & 0xff)) {
                    ink[at] = (byte) level;
                }
            }
        }
    }
}
