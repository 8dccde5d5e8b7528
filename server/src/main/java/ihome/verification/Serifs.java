package ihome.verification;

import java.util.ArrayList;
import java.util.List;

/** Feet for letters: short cross strokes at the ends that lie on the letter's upper or lower line. */
final class Serifs {
    private static final float HALF = 11;

    private Serifs() {}

    /** A new form: the strokes given and their serifs, in the units of {@link GlyphOutlines}. */
    static List<float[]> addedTo(List<float[]> form) {
        List<float[]> result = new ArrayList<>(form);
        for (float[] stroke : form) {
            int last = stroke.length - 2;
            addAt(result, stroke[0], stroke[1], stroke[2], stroke[3]);
            addAt(result, stroke[last], stroke[last + 1], stroke[last - 2], stroke[last - 1]);
        }
        return result;
    }

    private static void addAt(List<float[]> result, float x, float y, float fromX, float fromY) {
        boolean atLine = y == 0 || y == 100;
        boolean upright = Math.abs(y - fromY) > Math.abs(x - fromX);
        if (atLine && upright) {
            result.add(new float[] {x - HALF, y, x, y, x + HALF, y});
        } else if (atLine) {
            result.add(new float[] {x, y, x, y == 0 ? HALF : 100 - HALF});
        }
    }
}
