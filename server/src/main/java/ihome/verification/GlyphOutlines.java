package ihome.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The letter shapes of the captcha, as the paths of a pen, so that no font is needed: a bare server has none.
 *
 * <p>Every character has several forms. A form is a list of strokes in a box of height 100, y growing downward, written
 * as a small part of SVG's path syntax: {@code M x y} lifts the pen, {@code L x y}, {@code Q x y x y} and
 * {@code C x y x y x y} draw.
 */
final class GlyphOutlines {
    /**
     * The characters of a captcha. Of characters that people confuse at most one is in (6 without G, U without V, E
     * without F, R without P, L without I and 1, A without 4, X without Y, T without 7); of 0 O D Q, 2 Z, 5 S and 8 B
     * none is. M, N and W are out because they crowd the others.
     */
    static final String ALPHABET = "ACEHKLRTUX369";

    /** Distance between neighbouring points of a path, in hundredths of the letter's height. */
    private static final float STEP = 5;

    private static final Map<Character, List<String>> PATHS = Map.ofEntries(
            Map.entry(
                    'A',
                    List.of(
                            "M 0 100 L 38 0 L 76 100 M 14 64 L 62 64",
                            "M 0 100 L 32 0 L 46 0 L 78 100 M 14 60 L 64 60",
                            "M 0 100 C 22 70 30 30 36 0 L 76 100 M 12 68 L 64 62")),
            Map.entry(
                    'C',
                    List.of(
                            "M 68 22 C 52 -8 0 -10 0 50 C 0 110 52 108 68 78",
                            "M 70 16 C 40 -14 2 6 2 50 C 2 94 40 114 70 84")),
            Map.entry(
                    'E',
                    List.of(
                            "M 64 0 L 0 0 L 0 100 L 64 100 M 0 50 L 52 50",
                            "M 64 4 L 4 0 L 0 100 L 66 96 M 2 52 L 56 46",
                            "M 62 0 L 22 0 C 0 0 0 14 0 34 L 0 70 C 0 92 6 100 24 100 L 64 100 M 0 50 L 50 50")),
            Map.entry(
                    'H',
                    List.of(
                            "M 0 0 L 0 100 M 68 0 L 68 100 M 0 50 L 68 50",
                            "M 4 0 L 0 100 M 66 0 L 72 100 M 2 54 L 70 46",
                            "M 0 0 C 8 34 8 66 2 100 M 70 0 C 64 34 64 66 68 100 M 6 48 L 66 48")),
            Map.entry(
                    'K',
                    List.of(
                            "M 0 0 L 0 100 M 64 0 L 0 58 M 22 40 L 70 100",
                            "M 2 0 L 0 100 M 64 0 L 16 50 L 70 100 M 0 50 L 16 50",
                            "M 0 0 L 0 100 M 64 0 C 44 34 26 48 2 54 C 36 54 50 76 72 100")),
            Map.entry(
                    'L',
                    List.of("M 0 0 L 0 100 L 62 100", "M 6 0 L 0 98 L 64 94", "M 4 0 L 0 100 C 20 94 40 94 62 100")),
            Map.entry(
                    'R',
                    List.of(
                            "M 0 100 L 0 0 L 34 0 C 76 0 76 54 34 54 L 0 54 M 30 54 L 68 100",
                            "M 4 100 L 0 0 C 84 -8 84 58 4 56 M 26 56 C 44 62 52 80 72 100",
                            "M 0 100 L 0 2 L 42 2 C 68 2 68 48 42 50 L 0 50 M 34 50 C 58 58 56 80 66 100")),
            Map.entry(
                    'T',
                    List.of(
                            "M 0 0 L 72 0 M 36 0 L 36 100",
                            "M 0 6 L 78 0 M 40 4 L 34 100",
                            "M 0 0 C 20 6 56 6 76 0 M 38 4 C 34 40 34 70 40 100")),
            Map.entry(
                    'U',
                    List.of(
                            "M 0 0 L 0 58 C 0 114 68 114 68 58 L 68 0",
                            "M 4 0 C 0 30 -2 50 2 70 C 12 112 60 108 68 68 C 70 50 70 30 66 0")),
            Map.entry(
                    'X',
                    List.of(
                            "M 0 0 L 70 100 M 68 0 L 2 100",
                            "M 0 0 C 30 28 48 66 74 100 M 72 0 C 48 30 26 66 0 100",
                            "M 2 0 L 74 96 M 66 4 L 0 100")),
            Map.entry(
                    '3',
                    List.of(
                            "M 4 16 C 20 -10 62 -4 60 24 C 60 42 44 48 26 48 C 50 48 66 56 66 74 C 66 106 14 110 0 82",
                            "M 4 0 L 60 0 L 26 40 C 52 38 66 50 66 70 C 66 104 18 110 0 86",
                            "M 2 12 C 30 -14 78 22 28 46 C 84 52 60 112 0 94")),
            Map.entry(
                    '6',
                    List.of(
                            "M 60 8 C 20 -8 0 34 0 66 C 0 112 66 112 66 68 C 66 32 10 32 2 68",
                            "M 48 0 C 20 20 2 44 2 70 C 2 110 66 110 66 70 C 66 38 18 34 4 64",
                            "M 60 16 C 36 -16 0 10 0 58 C 0 116 64 112 64 68 C 64 36 14 36 2 62")),
            Map.entry(
                    '9',
                    List.of(
                            "M 62 34 C 56 66 0 66 0 32 C 0 -12 66 -12 66 36 C 66 70 46 108 6 94",
                            "M 62 36 C 48 66 0 62 0 30 C 0 -10 64 -10 64 30 C 64 56 44 80 20 100",
                            "M 64 32 C 58 64 2 62 2 30 C 2 -10 66 -10 66 30 L 62 100")));

    private static final Map<Character, List<List<float[]>>> FORMS = flattenAll();

    private GlyphOutlines() {}

    /**
     * The forms of a character. Each form is a list of strokes, each stroke {@code x0, y0, x1, y1, ...}. The arrays are
     * shared: read only.
     *
     * @param character one of {@link #ALPHABET}
     * @throws IllegalArgumentException for any other character
     */
    static List<List<float[]>> formsOf(char character) {
        List<List<float[]>> forms = FORMS.get(character);
        if (forms == null) {
            throw new IllegalArgumentException("No outline for " + character);
        }
        return forms;
    }

    private static Map<Character, List<List<float[]>>> flattenAll() {
        return PATHS.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream()
                                .map(GlyphOutlines::flatten)
                                .toList()));
    }

    private static List<float[]> flatten(String path) {
        List<float[]> strokes = new ArrayList<>();
        List<Float> points = new ArrayList<>();
        String[] words = path.split(" ", -1);
        int at = 0;
        while (at < words.length) {
            String command = words[at++];
            int degree = switch (command) {
                case "M" -> 0;
                case "L" -> 1;
                case "Q" -> 2;
                case "C" -> 3;
                default -> throw new IllegalStateException("Unknown command in " + path);
            };
            float[] controls = new float[2 * Math.max(degree, 1)];
            for (int i = 0; i < controls.length; i++) {
                controls[i] = Float.parseFloat(words[at++]);
            }
            if (degree == 0) {
                addStroke(strokes, points);
                points.add(controls[0]);
                points.add(controls[1]);
            } else {
                addCurve(points, controls);
            }
        }
        addStroke(strokes, points);
        return List.copyOf(strokes);
    }

    private static void addStroke(List<float[]> strokes, List<Float> points) {
        if (points.isEmpty()) {
            return;
        }
        float[] stroke = new float[points.size()];
        for (int i = 0; i < stroke.length; i++) {
            stroke[i] = points.get(i);
        }
        strokes.add(stroke);
        points.clear();
    }

    /** Appends points of the Bézier curve from the last point over the given controls, by de Casteljau's construction. */
    private static void addCurve(List<Float> points, float[] controls) {
        float[] hull = new float[controls.length + 2];
        hull[0] = points.get(points.size() - 2);
        hull[1] = points.getLast();
        System.arraycopy(controls, 0, hull, 2, controls.length);
        float length = 0;
        for (int i = 2; i < hull.length; i += 2) {
            length += (float) Math.hypot(hull[i] - hull[i - 2], hull[i + 1] - hull[i - 1]);
        }
        int steps = Math.max(1, Math.round(length / STEP));
        for (int step = 1; step <= steps; step++) {
            float t = (float) step / steps;
            float[] work = hull.clone();
            for (int left = work.length - 2; left > 0; left -= 2) {
                for (int i = 0; i < left; i++) {
                    work[i] += t * (work[i + 2] - work[i]);
                }
            }
            points.add(work[0]);
            points.add(work[1]);
        }
    }
}
