package ihome.importing.scene;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/** Trees: bare ones grown branch by branch, woods on a hill, willow branches, bamboo. */
final class Trees {
    private Trees() {}

    /** The thin ends of a tree's branches, where fruit hangs. */
    record Twig(double x, double y) {}

    /** A bare tree on x, y of about {@code height} units; {@code lean} in radians, 0 is upright. */
    static List<Twig> bare(Canvas canvas, double x, double y, double height, double lean, int rgb) {
        List<Twig> twigs = new ArrayList<>();
        List<Path2D> thickness = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            thickness.add(new Path2D.Double());
        }
        grow(canvas, x, y, height * 0.27, lean - Math.PI / 2, 0, thickness, twigs);
        double width = height * 0.045;
        for (Path2D branches : thickness) {
            canvas.line(branches, Math.max(1, width), Tint.solid(rgb));
            width *= 0.62;
        }
        return twigs;
    }

    private static void grow(
            Canvas canvas,
            double x,
            double y,
            double length,
            double angle,
            int depth,
            List<Path2D> paths,
            List<Twig> ends) {
        double bend = canvas.between(-0.22, 0.22);
        double middleX = x + Math.cos(angle + bend) * length * 0.5;
        double middleY = y + Math.sin(angle + bend) * length * 0.5;
        double endX = x + Math.cos(angle) * length;
        double endY = y + Math.sin(angle) * length;
        Path2D path = paths.get(depth);
        path.moveTo(x, y);
        path.quadTo(middleX, middleY, endX, endY);
        if (depth == paths.size() - 2) {
            ends.add(new Twig(endX, endY));
            return;
        }
        if (depth > 2) {
            ends.add(new Twig(endX, endY));
        }
        int children = canvas.chance(0.35) ? 3 : 2;
        for (int i = 0; i < children; i++) {
            double spread = (i - (children - 1) / 2.0) * canvas.between(0.5, 0.85) + canvas.between(-0.2, 0.2);
            grow(canvas, endX, endY, length * canvas.between(0.68, 0.84), angle + spread, depth + 1, paths, ends);
        }
    }

    /** Conifers and bushes along a ridge. */
    static void wood(Canvas canvas, Ridge ridge, int rgb, double nearness) {
        Path2D all = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double x = -10;
        while (x < 1210) {
            double size = canvas.between(10, 30) * (0.4 + nearness);
            double y = ridge.at(x) + 4;
            if (canvas.chance(0.45)) {
                for (int tier = 0; tier < 3; tier++) {
                    double width = size * (0.62 - tier * 0.16);
                    double base = y - tier * size * 0.5;
                    all.append(Canvas.polygon(x - width, base, x, base - size * 0.95, x + width, base), false);
                }
            } else {
                all.append(new Ellipse2D.Double(x - size * 0.7, y - size * 0.7, size * 1.4, size * 1.3), false);
                all.append(new Ellipse2D.Double(x - size * 0.1, y - size * 0.5, size * 1.2, size), false);
            }
            x += canvas.between(6, 26) * (0.5 + nearness * 0.6);
        }
        canvas.fill(all, rgb);
    }

    /** Willow branches that hang into the picture from above, thickest at {@code x}. */
    static void willow(Canvas canvas, double x, double width, double length, int rgb) {
        for (int i = 0; i < 26; i++) {
            double start = x + (canvas.between(0, 1) + canvas.between(0, 1) - 1) * width;
            double reach = length * canvas.between(0.45, 1) * (1 - Math.abs(start - x) / width * 0.55);
            double drift = canvas.between(-26, 40);
            Path2D branch = new Path2D.Double();
            branch.moveTo(start, -10);
            branch.curveTo(start + 4, reach * 0.3, start + drift * 0.4, reach * 0.6, start + drift, reach);
            int colour = Tint.mix(rgb, Tint.JADE, canvas.between(0, 0.35));
            canvas.line(branch, 1.4, Tint.sheer(colour, 0.9));
            leaves(canvas, start, drift, reach, colour);
        }
    }

    private static void leaves(Canvas canvas, double start, double drift, double reach, int colour) {
        Path2D leaves = new Path2D.Double();
        for (double t = 0.08; t < 1; t += 8 / reach) {
            double leafX = start + drift * t * t;
            double leafY = reach * t;
            double side = canvas.chance(0.5) ? 1 : -1;
            double size = canvas.between(9, 17);
            leaves.append(new Line2D.Double(leafX, leafY, leafX + side * size * 0.36, leafY + size), false);
        }
        canvas.line(leaves, 2.6, Tint.sheer(colour, 0.85));
    }

    /** A few culms of bamboo with leaves around x. */
    static void bamboo(Canvas canvas, double x, double width, double top, double bottom, int rgb) {
        for (int i = 0; i < 7; i++) {
            double foot = x + canvas.between(-0.5, 0.5) * width;
            double head = foot + canvas.between(-40, 40);
            int colour = Tint.mix(rgb, Tint.JADE, canvas.between(0, 0.5));
            canvas.line(new Line2D.Double(foot, bottom, head, top), canvas.between(4, 8), Tint.sheer(colour, 0.9));
            Path2D leaves = new Path2D.Double();
            for (double y = top; y < bottom - 60; y += canvas.between(20, 44)) {
                double at = head + (foot - head) * (y - top) / (bottom - top);
                for (int leaf = 0; leaf < 3; leaf++) {
                    double angle = canvas.between(0.1, 1.1);
                    double side = canvas.chance(0.5) ? 1 : -1;
                    double length = canvas.between(26, 52);
                    double tipX = at + side * Math.cos(angle) * length;
                    double tipY = y + Math.sin(angle) * length;
                    Path2D blade = new Path2D.Double();
                    blade.moveTo(at, y);
                    blade.quadTo(at + side * length * 0.5, y + length * 0.1, tipX, tipY);
                    blade.quadTo(at + side * length * 0.3, y + length * 0.4, at, y);
                    leaves.append(blade, false);
                }
            }
            canvas.fill(leaves, Tint.sheer(colour, 0.85));
        }
    }
}
