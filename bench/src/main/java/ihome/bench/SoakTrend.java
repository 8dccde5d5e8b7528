package ihome.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a measure stayed flat. The slope is Theil and Sen's: the median of the slopes between all pairs of samples, which
 * a few minutes with a fault in them do not bend. What it adds up to over the whole stretch may be so much of the median,
 * or so much at all, whichever is more.
 *
 * @param part most growth as a part of the median
 * @param atLeast growth that is always allowed, in the measure's unit
 * @param harmless as long as no value is above it, nothing counts as growth
 */
record SoakTrend(
        String what,
        String unit,
        double part,
        double atLeast,
        double harmless,
        List<Double> minutes,
        List<Double> values) {
    /** Fewer samples tell nothing. */
    private static final int ENOUGH = 5;

    SoakTrend harmlessUpTo(double level) {
        return new SoakTrend(what, unit, part, atLeast, level, minutes, values);
    }

    boolean known() {
        return values.size() >= ENOUGH;
    }

    double median() {
        return samples(values).median();
    }

    /** What the slope adds up to from the first sample to the last. */
    double growth() {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            for (int j = i + 1; j < values.size(); j++) {
                slopes.add((values.get(j) - values.get(i)) / (minutes.get(j) - minutes.get(i)));
            }
        }
        return samples(slopes).median() * (minutes.getLast() - minutes.getFirst());
    }

    double bound() {
        return Math.max(part * median(), atLeast);
    }

    /** True as well when nothing is known. */
    boolean flat() {
        return !known()
                || growth() <= bound()
                || values.stream().allMatch(value -> value <= harmless);
    }

    private static Samples samples(List<Double> values) {
        return Samples.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
