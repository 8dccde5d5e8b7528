package ihome.importing.scene;

import java.awt.geom.Path2D;

/** The outline of a chain of hills: a height for each of evenly spaced places. */
final class Ridge {
    private static final double STEP = 4;

    private final double[] heights;

    private Ridge(double[] heights) {
        this.heights = heights;
    }

    /**
     * A new chain.
     *
     * @param level the mean y of the line
     * @param rise how far it goes up and down
     * @param rough 0 for rolling hills, 1 for crags
     */
    static Ridge of(Canvas canvas, double level, double rise, double rough) {
        int count = (int) (Canvas.ACROSS / STEP) + 2;
        double[] heights = new double[count];
        double length = canvas.between(500, 820);
        double amplitude = rise;
        for (int octave = 0; octave < 6; octave++) {
            double phase = canvas.between(0, Math.TAU);
            double bend = canvas.between(0.2, 0.6);
            for (int i = 0; i < count; i++) {
                double angle = Math.TAU * i * STEP / length + phase;
                heights[i] += amplitude * Math.sin(angle + bend * Math.sin(angle * 0.7 + phase));
            }
            length *= 0.47;
            amplitude *= 0.34 + 0.16 * rough;
        }
        for (int i = 0; i < count; i++) {
            heights[i] = level - heights[i] * 0.8;
        }
        return new Ridge(heights);
    }

    double at(double x) {
        double place = Math.clamp(x / STEP, 0, heights.length - 1.001);
        int left = (int) place;
        return heights[left] + (heights[left + 1] - heights[left]) * (place - left);
    }

    /** All below the line, down to {@code bottom}. */
    Path2D ground(double bottom) {
        Path2D path = line();
        path.lineTo(Canvas.ACROSS + 2 * STEP, bottom);
        path.lineTo(0, bottom);
        path.closePath();
        return path;
    }

    private Path2D line() {
        Path2D path = new Path2D.Double();
        path.moveTo(0, heights[0]);
        for (int i = 1; i < heights.length; i++) {
            path.lineTo(i * STEP, heights[i]);
        }
        return path;
    }
}
