package ihome.importing.scene;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.List;

/** Persimmons on bare branches against the autumn sky, over roofs out of focus. */
final class Persimmons {
    private Persimmons() {}

    static void paint(Canvas canvas, Light light) {
        canvas.sky(light, 760);
        double sunX = canvas.between(150, 1050);
        canvas.halo(sunX, 520, 620, 420, light.glow, 0.65);
        roofs(canvas, light);
        Sky.bokeh(canvas, 380, 700, 20, light.glow, 0xF3A45E, 0xF7CF94);
        boolean left = canvas.chance(0.5);
        int back = Tint.mix(light.at(0.5), light.sky, 0.3);
        hang(canvas, light, Trees.bare(canvas, left ? 1240 : -40, 330, 620, left ? -1.2 : 1.2, back), 12, 15, 0.45);
        int wood = Tint.mix(0x3B2A24, light.ink, 0.4);
        hang(
                canvas,
                light,
                Trees.bare(canvas, left ? -40 : 1240, canvas.between(330, 430), 980, left ? 1.18 : -1.18, wood),
                20,
                31,
                0);
        hang(canvas, light, Trees.bare(canvas, left ? 180 : 1020, -40, 560, left ? 2.4 : -2.4, wood), 7, 29, 0);
    }

    private static void roofs(Canvas canvas, Light light) {
        int colour = Tint.mix(light.at(0.55), light.horizon, 0.3);
        for (int step = 0; step < 5; step++) {
            double y = 640 + step * 5;
            Path2D roof = new Path2D.Double();
            roof.moveTo(-20, y + 30);
            roof.curveTo(220, y + 10, 300, y - 30, 380, y - 34);
            roof.lineTo(860, y - 34);
            roof.curveTo(940, y - 28, 1040, y + 16, 1230, y + 20);
            roof.lineTo(1230, 810);
            roof.lineTo(-20, 810);
            canvas.fill(roof, Tint.sheer(Tint.darker(colour, 0.08 * step), 0.42));
        }
        canvas.box(0, 690, 1200, 110, Canvas.down(690, Tint.sheer(light.ink, 0), 800, Tint.sheer(light.ink, 0.55)));
    }

    private static void hang(Canvas canvas, Light light, List<Trees.Twig> twigs, int most, double size, double far) {
        int hung = 0;
        double lastX = -1000;
        for (Trees.Twig twig : twigs) {
            boolean inside = twig.x() > 20 && twig.x() < 1180 && twig.y() > 0 && twig.y() < 640;
            if (hung < most && inside && Math.abs(twig.x() - lastX) > size && canvas.chance(0.5)) {
                double radius = size * canvas.between(0.8, 1.15);
                int shade = light.lamps ? Tint.mix(0x9A3B1C, light.ink, 0.3) : 0xB9471C;
                int lit = light.lamps ? 0xE27138 : 0xF08A3C;
                canvas.ball(
                        twig.x(),
                        twig.y() + radius * 0.95,
                        radius,
                        Tint.mix(lit, light.haze, far),
                        Tint.mix(shade, light.haze, far));
                calyx(canvas, twig.x(), twig.y() + radius * 0.08, radius, Tint.mix(0x5C4A2E, light.haze, far));
                if (far == 0) {
                    canvas.halo(twig.x() - radius * 0.34, twig.y() + radius * 0.55, radius * 0.3, 0xFFF3DC, 0.75);
                }
                hung++;
                lastX = twig.x();
            } else if (canvas.chance(0.10)) {
                leaf(canvas, twig.x(), twig.y(), size, Tint.mix(0xC98A3C, light.haze, far));
            }
        }
    }

    private static void calyx(Canvas canvas, double x, double y, double radius, int rgb) {
        for (int i = -1; i <= 1; i++) {
            Path2D sepal = new Path2D.Double();
            sepal.moveTo(x, y - 2);
            sepal.quadTo(x + i * radius * 0.5 + radius * 0.2, y - 3, x + i * radius * 0.55, y + radius * 0.26);
            sepal.quadTo(x + i * radius * 0.1 - radius * 0.12, y + radius * 0.18, x, y - 2);
            canvas.fill(sepal, rgb);
        }
    }

    private static void leaf(Canvas canvas, double x, double y, double size, int rgb) {
        Path2D leaf = new Path2D.Double();
        leaf.moveTo(0, 0);
        leaf.curveTo(size * 0.7, size * 0.1, size * 0.8, size * 1.1, 0, size * 1.9);
        leaf.curveTo(-size * 0.8, size * 1.1, -size * 0.6, size * 0.1, 0, 0);
        AffineTransform turn = AffineTransform.getTranslateInstance(x, y);
        turn.rotate(canvas.between(-0.9, 0.9));
        leaf.transform(turn);
        canvas.fill(
                leaf,
                Canvas.down(
                        y, Tint.sheer(rgb, 0.95), y + size * 2, Tint.sheer(Tint.mix(rgb, Tint.PERSIMMON, 0.6), 0.95)));
    }
}
