package ihome.bench;

import java.util.List;
import java.util.Locale;

/**
 * A picture of figures: a bar each, as a part of its goal on a logarithmic scale, with the goal as a line and the rounds as
 * dots. Right of the line is better than the goal, whichever way the goal is meant.
 */
final class Plot {
    private static final int WIDTH = 860;
    private static final int LEFT = 400;
    private static final int ROW = 34;
    private static final int TOP = 48;
    /** The scale ends at a hundredth and at a hundred times the goal. */
    private static final double DECADES = 2;

    private Plot() {}

    /** An SVG document; empty when no figure has a goal. */
    static String of(String title, List<Figure> figures) {
        List<Figure> shown = figures.stream().filter(Figure::hasGoal).toList();
        if (shown.isEmpty()) {
            return "";
        }
        int height = TOP + ROW * shown.size() + 34;
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n"
                        .formatted(WIDTH, height));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        svg.append("<text x=\"12\" y=\"24\" font-size=\"16\">%s</text>%n".formatted(escaped(title)));
        for (int decade = -2; decade <= 2; decade++) {
            double x = x(Math.pow(10, decade));
            svg.append(line(x, TOP - 8, x, height - 28, decade == 0 ? "#c0392b" : "#ddd"));
            svg.append("<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\" fill=\"#666\">%s</text>%n"
                    .formatted(x, height - 10, decade == 0 ? "goal" : "×" + Figure.number(Math.pow(10, decade))));
        }
        for (int i = 0; i < shown.size(); i++) {
            row(svg, shown.get(i), TOP + ROW * i);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void row(StringBuilder svg, Figure figure, int y) {
        double zero = x(1);
        double end = x(part(figure, figure.value()));
        svg.append("<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/>%n"
                .formatted(
                        Math.min(zero, end),
                        y + 4,
                        Math.max(1, Math.abs(end - zero)),
                        figure.reached() ? "#7fb77e" : "#d98880"));
        for (double sample : figure.samples()) {
            svg.append("<circle cx=\"%.1f\" cy=\"%d\" r=\"2.5\" fill=\"#333\" fill-opacity=\"0.6\"/>%n"
                    .formatted(x(part(figure, sample)), y + 11));
        }
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
                .formatted(LEFT - 14, y + 10, escaped(shortened(figure.what()))));
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-size=\"11\" fill=\"#666\">%s (%s)</text>%n"
                .formatted(LEFT - 14, y + 24, escaped(figure.shown()), escaped(figure.goal())));
    }

    /** How many times as good as the goal. */
    private static double part(Figure figure, double value) {
        return figure.least() ? value / figure.bound() : figure.bound() / value;
    }

    private static double x(double part) {
        double exponent = Math.clamp(Math.log10(Math.max(part, 1e-9)), -DECADES, DECADES);
        return LEFT + (WIDTH - LEFT - 30) * (exponent + DECADES) / (2 * DECADES);
    }

    private static String line(double x1, double y1, double x2, double y2, String colour) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour);
    }

    private static String shortened(String text) {
        return text.length() <= 58 ? text : text.substring(0, 57) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
