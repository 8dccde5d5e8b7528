package ihome.importing.scene;

import java.awt.geom.Path2D;

/** A house in the hills at night or first light, its windows lit. */
final class Farmhouse {
    private Farmhouse() {}

    static void paint(Canvas canvas, Light light) {
        canvas.sky(light, 480);
        if (light.lamps) {
            Sky.stars(canvas, 380, light == Light.MOON_NIGHT ? 420 : 90);
            milkyWay(canvas, light);
        }
        canvas.halo(canvas.between(200, 1000), 450, 560, 220, light.glow, light == Light.MOON_NIGHT ? 0.45 : 0.6);
        Sky.clouds(canvas, light, 150, 330);
        for (int i = 0; i < 4; i++) {
            double level = 370 + i * 52;
            Ridge ridge = Ridge.of(canvas, level, 60 - 8 * i, 0.4 + 0.1 * i);
            int colour = light.at(0.1 + i * 0.2);
            canvas.fill(
                    ridge.ground(800),
                    Canvas.down(level - 60, colour, level + 130, Tint.mix(colour, light.horizon, 0.3 - 0.07 * i)));
            if (i > 1) {
                Trees.wood(canvas, ridge, Tint.darker(colour, 0.2), 0.2 + 0.1 * i);
            }
            Sky.mist(canvas, light, level + 72, 46);
        }
        Ridge field = Ridge.of(canvas, 648, 9, 0.2);
        int grass = Tint.mix(light.at(0.86), 0x55603F, light.lamps ? 0.14 : 0.4);
        double x = canvas.between(380, 760);
        double y = field.at(x) + 26;
        canvas.fill(
                field.ground(800),
                Canvas.down(620, Tint.mix(grass, light.horizon, 0.14), 800, Tint.darker(grass, 0.5)));
        house(canvas, light, x, y);
        Trees.bare(canvas, x + (canvas.chance(0.5) ? -240 : 250), y + 8, 330, 0, light.at(0.95));
        path(canvas, x, y);
        grass(canvas, light);
    }

    private static void milkyWay(Canvas canvas, Light light) {
        if (light != Light.MOON_NIGHT) {
            return;
        }
        for (int i = 0; i < 26; i++) {
            double t = i / 25.0;
            canvas.halo(
                    200 + 800 * t + canvas.between(-40, 40),
                    30 + 330 * t + canvas.between(-30, 30),
                    130,
                    60,
                    0xA9B7D6,
                    0.07);
        }
    }

    private static void house(Canvas canvas, Light light, double x, double y) {
        double half = 150;
        double wall = 84;
        int plaster = Tint.mix(0xC9B79C, light.ink, light.lamps ? 0.62 : 0.2);
        canvas.halo(x, y, 230, 24, light.ink, 0.7);
        canvas.box(x - half, y - wall, half * 2, wall, Canvas.down(y - wall, Tint.darker(plaster, 0.35), y, plaster));
        Path2D roof = new Path2D.Double();
        roof.moveTo(x - half - 34, y - wall + 6);
        roof.quadTo(x - half + 6, y - wall - 18, x - half + 30, y - wall - 66);
        roof.lineTo(x + half - 30, y - wall - 66);
        roof.quadTo(x + half - 6, y - wall - 18, x + half + 34, y - wall + 6);
        roof.closePath();
        int tile = Tint.mix(light.at(0.9), 0x50535A, 0.3);
        canvas.fill(
                roof,
                Canvas.down(y - wall - 66, Tint.mix(tile, light.horizon, 0.28), y - wall + 6, Tint.darker(tile, 0.3)));
        canvas.inside(roof, () -> {
            for (double at = x - half - 40; at < x + half + 40; at += 11) {
                canvas.box(at, y - wall - 70, 3, 80, Tint.sheer(light.ink, 0.3));
            }
        });
        canvas.rounded(x - half + 24, y - wall - 73, half * 2 - 48, 10, 6, Tint.solid(Tint.darker(tile, 0.2)));
        int pane = light.lamps ? 0xFFD38A : 0x6F6A5E;
        for (int i = 0; i < 4; i++) {
            double left = x - half + 22 + i * 72 - (i > 1 ? 4 : 0);
            canvas.box(left - 3, y - wall + 23, 50, 40, 0x2B1A14);
            canvas.box(
                    left,
                    y - wall + 26,
                    44,
                    34,
                    Canvas.down(y - wall + 26, pane, y - wall + 60, Tint.lighter(pane, 0.4)));
            canvas.box(left + 20.5, y - wall + 26, 3, 34, 0x2B1A14);
            canvas.box(left, y - wall + 42, 44, 2.4, 0x2B1A14);
            if (light.lamps) {
                canvas.glow.lamp(left + 22, y - wall + 42, 110, 0xFFAE5C, 0.55);
                canvas.halo(left + 22, y + 16, 70, 18, 0xFFB765, 0.45);
            }
        }
    }

    private static void path(Canvas canvas, double x, double y) {
        Path2D path = new Path2D.Double();
        path.moveTo(x - 12, y + 2);
        path.curveTo(x - 40, y + 50, x + 90, y + 70, x - 20, 810);
        path.lineTo(x + 150, 810);
        path.curveTo(x + 190, y + 80, x + 20, y + 50, x + 14, y + 2);
        path.closePath();
        canvas.fill(path, Canvas.down(y, Tint.sheer(0xE9C592, 0.5), 800, Tint.sheer(0xB99A78, 0.14)));
    }

    private static void grass(Canvas canvas, Light light) {
        Path2D blades = new Path2D.Double();
        for (int i = 0; i < 420; i++) {
            double x = canvas.between(-10, 1210);
            double height = canvas.between(20, 74);
            double bend = canvas.between(-24, 24);
            blades.moveTo(x, 806);
            blades.quadTo(x, 806 - height * 0.6, x + bend, 806 - height);
        }
        canvas.line(blades, 2, Tint.solid(Tint.darker(light.at(1), 0.1)));
    }
}
