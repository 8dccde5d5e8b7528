package ihome.importing.scene;

import java.awt.geom.Path2D;

/** The towers of the business district, row behind row, with lamps out of focus in front. */
final class Skyline {
    private Skyline() {}

    static void paint(Canvas canvas, Light light) {
        canvas.sky(light, 600);
        double sunX = canvas.between(300, 900);
        canvas.halo(sunX, 560, 520, 300, light.glow, 0.8);
        canvas.glow.lamp(sunX, 560, 380, light.glow, 0.3);
        Sky.clouds(canvas, light, 90, 380);
        if (light == Light.MOON_NIGHT) {
            Sky.stars(canvas, 320, 60);
            Sky.moon(canvas, canvas.between(150, 1050), 130, 26);
        }
        towers(canvas, light, 0.12, 560, 90, 50);
        towers(canvas, light, 0.34, 500, 150, 60);
        landmark(canvas, light, canvas.between(330, 870));
        towers(canvas, light, 0.62, 600, 170, 78);
        Sky.mist(canvas, light, 650, 90);
        towers(canvas, light, 0.92, 690, 150, 110);
        street(canvas, light);
    }

    /** A row of towers whose roofs lie around {@code level}. */
    static void towers(Canvas canvas, Light light, double nearness, double level, double vary, double width) {
        int body = light.at(nearness);
        double x = canvas.between(-60, 0);
        while (x < 1200) {
            double w = width * canvas.between(0.6, 1.35);
            double top = level - vary * Math.pow(canvas.between(0, 1), 1.6) - canvas.between(0, 30);
            tower(canvas, light, body, nearness, x, top, w);
            x += w * canvas.between(0.95, 1.5);
        }
    }

    private static void tower(Canvas canvas, Light light, int body, double nearness, double x, double top, double w) {
        int foot = Tint.mix(body, light.horizon, 0.38 * (1 - nearness));
        canvas.box(x, top, w, 800 - top, Canvas.down(top, body, 760, foot));
        canvas.box(
                x,
                top,
                w * 0.3,
                800 - top,
                Canvas.across(x, Tint.sheer(light.horizon, 0.22), x + w * 0.3, Tint.sheer(light.horizon, 0)));
        if (canvas.chance(0.4)) {
            double inset = w * 0.22;
            canvas.box(x + inset, top - 14, w - 2 * inset, 15, body);
        }
        if (canvas.chance(0.2)) {
            canvas.box(x + w / 2 - 1.2, top - 48, 2.4, 50, body);
        }
        if (nearness > 0.3) {
            windows(canvas, light, nearness, x, top, w);
        }
    }

    private static void windows(Canvas canvas, Light light, double nearness, double x, double top, double w) {
        double cell = 7 + 8 * nearness;
        double share = light.lamps ? 0.12 + 0.22 * nearness : 0.05;
        Path2D warm = new Path2D.Double();
        Path2D pale = new Path2D.Double();
        for (double y = top + cell; y < 770; y += cell * 1.25) {
            for (double column = x + cell * 0.6; column < x + w - cell; column += cell) {
                if (canvas.chance(share)) {
                    Path2D kind = canvas.chance(0.7) ? warm : pale;
                    kind.append(new java.awt.geom.Rectangle2D.Double(column, y, cell * 0.55, cell * 0.6), false);
                }
            }
        }
        canvas.fill(warm, Tint.sheer(Tint.LAMP, 0.55 + 0.4 * nearness));
        canvas.fill(pale, Tint.sheer(0xFFE9C9, 0.4 + 0.4 * nearness));
    }

    /** A tall tower with a waist, as it stands in the east of the city. */
    private static void landmark(Canvas canvas, Light light, double x) {
        double top = 150;
        double half = 44;
        Path2D body = new Path2D.Double();
        body.moveTo(x - half, top);
        body.curveTo(x - half * 0.5, top + 180, x - half * 0.72, top + 330, x - half * 1.2, 800);
        body.lineTo(x + half * 1.2, 800);
        body.curveTo(x + half * 0.72, top + 330, x + half * 0.5, top + 180, x + half, top);
        body.quadTo(x, top + 16, x - half, top);
        int colour = light.at(0.46);
        canvas.fill(
                body,
                Canvas.across(x - half, Tint.solid(Tint.mix(colour, light.glow, 0.34)), x + half, Tint.solid(colour)));
        canvas.inside(body, () -> {
            for (double y = top + 14; y < 800; y += 11) {
                canvas.box(x - 80, y, 160, 1.2, Tint.sheer(light.ink, 0.25));
            }
            if (light.lamps) {
                for (int i = 0; i < 130; i++) {
                    canvas.box(
                            x + canvas.between(-52, 52),
                            top + 16 + 11 * canvas.random.nextInt(44),
                            7,
                            5,
                            Tint.sheer(Tint.LAMP, canvas.between(0.3, 0.9)));
                }
            }
        });
    }

    private static void street(Canvas canvas, Light light) {
        canvas.box(0, 660, 1200, 140, Canvas.down(660, Tint.sheer(light.ink, 0), 800, Tint.sheer(light.ink, 0.85)));
        if (light.lamps) {
            Sky.bokeh(canvas, 650, 800, 46, Tint.LAMP, 0xFFAE62, 0xF2784B, 0xFFE3B0, 0x8FC0B0);
        } else {
            Ridge trees = Ridge.of(canvas, 740, 12, 1);
            Trees.wood(canvas, trees, light.at(0.85), 0.9);
            canvas.fill(trees.ground(800), light.at(0.85));
        }
    }
}
