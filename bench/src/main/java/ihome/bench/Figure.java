package ihome.bench;

import java.util.List;

/**
 * One measured figure beside its goal.
 *
 * @param group the measurement it is of
 * @param what what was measured, for a person
 * @param goal in words; empty when it only explains another
 * @param value in {@code unit}
 * @param least whether the goal is a lower bound
 * @param bound the goal as a number; NaN when there is none
 * @param samples what the value is the median of, in the order measured
 * @param command how to measure it again
 * @param note a limit, a condition; empty when there is nothing to say
 */
record Figure(
        String group,
        String what,
        String goal,
        double value,
        String unit,
        boolean least,
        double bound,
        List<Double> samples,
        String command,
        String note) {

    static Figure atLeast(String group, String what, double bound, Samples samples, String unit, String command) {
        return new Figure(
                group, what, "≥ " + number(bound) + unit, samples.median(), unit, true, bound, samples.values(), command, "");
    }

    static Figure atMost(String group, String what, double bound, Samples samples, String unit, String command) {
        return new Figure(
                group, what, "≤ " + number(bound) + unit, samples.median(), unit, false, bound, samples.values(), command, "");
    }

    /** A figure without a goal of its own. */
    static Figure told(String group, String what, Samples samples, String unit, String command) {
        return new Figure(
                group, what, "", samples.median(), unit, true, Double.NaN, samples.values(), command, "");
    }

    Figure noting(String text) {
        return new Figure(group, what, goal, value, unit, least, bound, samples, command, text);
    }

    boolean hasGoal() {
        return !Double.isNaN(bound);
    }

    boolean reached() {
        return least ? value >= bound : value <= bound;
    }

    String verdict() {
        return !hasGoal() ? "" : reached() ? "yes" : "NO";
    }

    String shown() {
        return number(value) + unit;
    }

    /** Smallest to largest; empty for a single sample. */
    String spread() {
        if (samples.size() < 2) {
            return "";
        }
        double low = samples.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double high = samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return number(low) + "–" + number(high);
    }

    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            return String.format(java.util.Locale.ROOT, "%,.0f", value);
        }
        String text = String.format(java.util.Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
