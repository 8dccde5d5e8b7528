package ihome.verification;

import java.util.List;
import java.util.random.RandomGenerator;

/** Bends a line of letters: waves across and along, and a slight perspective. Not thread-safe: one for each picture. */
final class Warp {
    private static final float FULL_TURN = (float) (2 * Math.PI);

    private final float upAmplitude;
    private final float upLength;
    private final float upPhase;
    private final float sideAmplitude;
    private final float sideLength;
    private final float sidePhase;
    private final float perspective;

    Warp(RandomGenerator noise) {
        upAmplitude = noise.nextFloat(2.5f, 4.5f);
        upLength = noise.nextFloat(70, 130);
        upPhase = noise.nextFloat(FULL_TURN);
        sideAmplitude = noise.nextFloat(1.5f, 3);
        sideLength = noise.nextFloat(35, 60);
        sidePhase = noise.nextFloat(FULL_TURN);
        perspective = noise.nextFloat(-0.0016f, 0.0016f);
    }

    /** Moves the points of the strokes. */
    void bend(List<PenStroke> strokes) {
        for (PenStroke stroke : strokes) {
            float[] x = stroke.x();
            float[] y = stroke.y();
            for (int i = 0; i < x.length; i++) {
                float oldX = x[i];
                float oldY = y[i];
                x[i] = oldX + sideAmplitude * (float) Math.sin(FULL_TURN * oldY / sideLength + sidePhase);
                y[i] = oldY * (1 + perspective * (oldX - 80))
                        + upAmplitude * (float) Math.sin(FULL_TURN * oldX / upLength + upPhase);
            }
        }
    }

    /** Moves and scales the strokes so that their ink fills the middle of a sheet, with a margin in pixels all around. */
    static void fit(List<PenStroke> strokes, int width, int height, float marginX, float marginY) {
        float left = Float.POSITIVE_INFINITY;
        float right = Float.NEGATIVE_INFINITY;
        float top = Float.POSITIVE_INFINITY;
        float bottom = Float.NEGATIVE_INFINITY;
        for (PenStroke stroke : strokes) {
            for (int i = 0; i < stroke.x().length; i++) {
                float radius = stroke.radius()[i];
                left = Math.min(left, stroke.x()[i] - radius);
                right = Math.max(right, stroke.x()[i] + radius);
                top = Math.min(top, stroke.y()[i] - radius);
                bottom = Math.max(bottom, stroke.y()[i] + radius);
            }
        }
        float scale = Math.min((width - 2 * marginX) / (right - left), (height - 2 * marginY) / (bottom - top));
        float shiftX = width / 2f - scale * (left + right) / 2;
        float shiftY = height / 2f - scale * (top + bottom) / 2;
        for (PenStroke stroke : strokes) {
            for (int i = 0; i < stroke.x().length; i++) {
                stroke.x()[i] = scale * stroke.x()[i] + shiftX;
                stroke.y()[i] = scale * stroke.y()[i] + shiftY;
                stroke.radius()[i] *= scale;
            }
        }
    }
}
