package ihome.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Writes a text with a hand that changes from letter to letter: form, size, slant, turn, pen and serifs. Letters stand so
 * close that they touch, which keeps a program from cutting the line into letters. Not thread-safe: one for each picture.
 */
final class Lettering {
    /** Height of a letter before its own scaling, in pixels. */
    private static final float HEIGHT = 50;

    /** Height of the bands in which the gap between two letters is measured, in pixels. */
    private static final int BAND = 4;

    private static final int BANDS = 48;

    private final RandomGenerator noise;
    private final List<PenStroke> written = new ArrayList<>();

    /** How far right ink goes in each band. */
    private final float[] edge = new float[BANDS];

    Lettering(RandomGenerator noise) {
        this.noise = noise;
        Arrays.fill(edge, Float.NEGATIVE_INFINITY);
    }

    /** The strokes of the text from left to right, about the baseline y = 0 and from no particular x. */
    List<PenStroke> write(String text) {
        float least = 0;
        for (int i = 0; i < text.length(); i++) {
            List<PenStroke> letter = letter(text.charAt(i));
            float x = i == 0 ? 0 : Math.max(least, touching(letter));
            letter.forEach(stroke -> move(stroke, x));
            least = x + 0.92f * width(letter, x);
            written.addAll(letter);
            letter.forEach(this::remember);
        }
        return written;
    }

    private List<PenStroke> letter(char character) {
        List<List<float[]>> forms = GlyphOutlines.formsOf(character);
        List<float[]> form = forms.get(noise.nextInt(forms.size()));
        float tall = HEIGHT / 100 * between(0.88f, 1.1f);
        float wide = tall * between(0.82f, 1.08f);
        float slant = between(-0.2f, 0.2f);
        float turn = between(0.08f, 0.3f) * (noise.nextBoolean() ? 1 : -1);
        float cos = (float) Math.cos(turn);
        float sin = (float) Math.sin(turn);
        float up = between(5, 11) * ((written.size() & 1) == 0 ? 1 : -1);
        Pen pen = new Pen(between(2.8f, 3.8f), between(0, 0.3f), between(0, (float) Math.PI));
        List<float[]> paths = "AEKR".indexOf(character) >= 0 && noise.nextInt(3) == 0 ? Serifs.addedTo(form) : form;

        List<PenStroke> strokes = new ArrayList<>(paths.size());
        for (float[] path : paths) {
            float[] x = new float[path.length / 2];
            float[] y = new float[path.length / 2];
            for (int i = 0; i < x.length; i++) {
                float down = (path[2 * i + 1] - 50) * tall;
                float across = (path[2 * i] - 35) * wide - slant * down;
                x[i] = cos * across - sin * down;
                y[i] = sin * across + cos * down + up;
            }
            strokes.add(new PenStroke(x, y, pen.radii(x, y)));
        }
        return strokes;
    }

    /** Where a letter must stand for its ink to just touch, or nearly touch, what is written. */
    private float touching(List<PenStroke> letter) {
        float gap = Float.POSITIVE_INFINITY;
        for (PenStroke stroke : letter) {
            for (int i = 0; i < stroke.x().length; i++) {
                int band = band(stroke.y()[i]);
                for (int near = Math.max(0, band - 3); near <= Math.min(BANDS - 1, band + 3); near++) {
                    gap = Math.min(gap, stroke.x()[i] - stroke.radius()[i] - edge[near]);
                }
            }
        }
        return Float.isInfinite(gap) ? 0 : between(-1.5f, 1f) - gap;
    }

    private void remember(PenStroke stroke) {
        for (int i = 0; i < stroke.x().length; i++) {
            int band = band(stroke.y()[i]);
            edge[band] = Math.max(edge[band], stroke.x()[i] + stroke.radius()[i]);
        }
    }

    private static int band(float y) {
        return Math.clamp((int) (y / BAND + BANDS / 2f), 0, BANDS - 1);
    }

    private static void move(PenStroke stroke, float by) {
        for (int i = 0; i < stroke.x().length; i++) {
            stroke.x()[i] += by;
        }
    }

    private static float width(List<PenStroke> letter, float left) {
        float right = left;
        for (PenStroke stroke : letter) {
            for (float x : stroke.x()) {
                right = Math.max(right, x);
            }
        }
        return right - left;
    }

    private float between(float low, float high) {
        return noise.nextFloat(low, high);
    }

    /**
     * A pen broader in one direction than in the other.
     *
     * @param radius half the mean width of its line, in pixels
     * @param contrast 0 for a round pen, towards 1 for a broad nib
     * @param angle of the nib, in radians
     */
    private record Pen(float radius, float contrast, float angle) {
        float[] radii(float[] x, float[] y) {
            float[] radii = new float[x.length];
            for (int i = 0; i < radii.length; i++) {
                int before = Math.max(i - 1, 0);
                int after = Math.max(i, 1);
                double direction = Math.atan2(y[after] - y[before], x[after] - x[before]);
                radii[i] = radius * (1 - contrast * (float) Math.cos(2 * (direction - angle)));
            }
            return radii;
        }
    }
}
