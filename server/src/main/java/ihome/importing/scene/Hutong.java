package ihome.importing.scene;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** A courtyard house in a lane: tiled roof, grey brick, a lattice window with the lamp lit behind it. */
final class Hutong {
    private static final double EAVES = 392;
    private static final double GROUND = 668;

    private Hutong() {}

    static void paint(Canvas canvas, Light light) {
        boolean snow = canvas.chance(0.3);
        canvas.sky(light, 520);
        canvas.halo(canvas.between(200, 1000), 430, 600, 260, light.glow, 0.55);
        if (light == Light.MOON_NIGHT || light == Light.BLUE_HOUR) {
            Sky.stars(canvas, 240, 70);
            Sky.moon(canvas, canvas.between(120, 420), canvas.between(90, 140), 24);
        }
        Sky.clouds(canvas, light, 60, 260);
        boolean doorLeft = canvas.chance(0.5);
        farRoofs(canvas, light);
        Trees.bare(canvas, doorLeft ? 960 : 230, 430, 390, canvas.between(-0.1, 0.1), light.at(0.7));
        roof(canvas, light, snow);
        wall(canvas, light);
        double windowX = doorLeft ? canvas.between(560, 660) : canvas.between(300, 380);
        ground(canvas, light, snow, windowX + 130);
        window(canvas, windowX, 452, 262, 150);
        door(canvas, light, doorLeft ? canvas.between(220, 280) : canvas.between(800, 860));
        if (canvas.chance(0.65)) {
            fruit(canvas, light, doorLeft);
        }
        if (snow) {
            fall(canvas);
        }
    }

    private static void farRoofs(Canvas canvas, Light light) {
        for (int row = 0; row < 3; row++) {
            double x = canvas.between(-200, 0);
            int colour = light.at(0.18 + 0.17 * row);
            while (x < 1200) {
                double width = canvas.between(260, 420);
                double y = 268 + row * 32 + canvas.between(-24, 24);
                Path2D roof = new Path2D.Double();
                roof.moveTo(x, y + 62);
                roof.quadTo(x + width * 0.16, y + 44, x + width * 0.2, y);
                roof.lineTo(x + width * 0.8, y);
                roof.quadTo(x + width * 0.84, y + 44, x + width, y + 62);
                roof.lineTo(x + width, y + 260);
                roof.lineTo(x, y + 260);
                canvas.fill(roof, Canvas.down(y, colour, y + 120, Tint.mix(colour, light.horizon, 0.25)));
                canvas.box(x + width * 0.18, y - 5, width * 0.64, 7, Tint.darker(colour, 0.2));
                x += width * canvas.between(0.7, 1.05);
            }
        }
    }

    private static void roof(Canvas canvas, Light light, boolean snow) {
        double top = 296;
        int tile = Tint.mix(light.at(0.82), 0x5B6068, 0.35);
        canvas.box(
                0,
                top,
                1200,
                EAVES - top,
                Canvas.down(top, Tint.mix(tile, light.horizon, 0.3), EAVES, Tint.darker(tile, 0.25)));
        for (double x = -6; x < 1206; x += 17) {
            canvas.box(
                    x,
                    top,
                    7.5,
                    EAVES - top + 3,
                    Canvas.across(x, Tint.sheer(Tint.lighter(tile, 0.2), 0.75), x + 7.5, Tint.sheer(light.ink, 0.7)));
        }
        canvas.box(
                0,
                top,
                1200,
                EAVES - top,
                Canvas.down(top, Tint.sheer(light.horizon, 0.16), EAVES, Tint.sheer(light.ink, 0.35)));
        canvas.rounded(
                -20,
                top - 12,
                1240,
                20,
                12,
                Canvas.down(top - 12, Tint.mix(tile, light.horizon, 0.35), top + 8, Tint.darker(tile, 0.4)));
        if (snow) {
            canvas.box(
                    0,
                    top - 16,
                    1200,
                    72,
                    Canvas.down(top - 16, Tint.sheer(0xE9EEF3, 0.85), top + 56, Tint.sheer(0xC9D5E2, 0.12)));
        }
        int end = Tint.mix(tile, light.horizon, 0.18);
        for (double x = -2; x < 1206; x += 17) {
            canvas.disc(x, EAVES + 3, 5.2, Tint.solid(end));
            canvas.disc(x, EAVES + 3, 2.6, Tint.solid(Tint.darker(tile, 0.45)));
        }
        canvas.box(
                0,
                EAVES + 7,
                1200,
                40,
                Canvas.down(EAVES + 7, Tint.sheer(0x0B0C12, 0.9), EAVES + 47, Tint.sheer(0x0B0C12, 0)));
    }

    private static void wall(Canvas canvas, Light light) {
        int brick = Tint.mix(light.at(0.72), 0x6C6660, 0.42);
        canvas.box(0, EAVES + 8, 1200, GROUND - EAVES - 8, Canvas.down(EAVES, Tint.darker(brick, 0.35), GROUND, brick));
        Path2D joints = new Path2D.Double();
        int row = 0;
        for (double y = EAVES + 26; y < GROUND; y += 15) {
            joints.append(new Line2D.Double(0, y, 1200, y), false);
            for (double x = row % 2 * 22; x < 1200; x += 44) {
                joints.append(new Line2D.Double(x, y, x, y + 15), false);
            }
            row++;
        }
        canvas.line(joints, 1, Tint.sheer(0x0E0F14, 0.22));
        canvas.box(
                0,
                EAVES + 8,
                1200,
                90,
                Canvas.down(EAVES + 8, Tint.sheer(0x0B0C12, 0.75), EAVES + 98, Tint.sheer(0x0B0C12, 0)));
        canvas.box(
                0,
                GROUND - 34,
                1200,
                34,
                Canvas.down(GROUND - 34, Tint.darker(brick, 0.35), GROUND, Tint.darker(brick, 0.6)));
    }

    private static void ground(Canvas canvas, Light light, boolean snow, double litX) {
        int stone = snow ? Tint.mix(0xB9C4D4, light.ink, 0.45) : Tint.mix(light.at(0.85), 0x4A4643, 0.35);
        canvas.box(0, GROUND, 1200, 800 - GROUND, Canvas.down(GROUND, Tint.darker(stone, 0.35), 800, stone));
        if (!snow) {
            Path2D joints = new Path2D.Double();
            for (int i = 0; i < 5; i++) {
                double y = GROUND + 6 + i * i * 6.5;
                joints.append(new Line2D.Double(0, y, 1200, y), false);
            }
            for (double x = -1400; x < 2600; x += 120) {
                joints.append(new Line2D.Double(600 + (x - 600) * 0.55, GROUND, x, 810), false);
            }
            canvas.line(joints, 1.2, Tint.sheer(0x0B0C12, 0.35));
        }
        canvas.halo(litX, GROUND + 56, 360, 90, 0xFFB765, 0.55);
        canvas.halo(litX, GROUND + 40, 190, 44, 0xFFD9A0, 0.4);
    }

    private static void window(Canvas canvas, double x, double y, double width, double height) {
        canvas.halo(x + width / 2, y + height / 2, 330, 240, 0xFFB060, 0.5);
        int wood = 0x3A1D18;
        canvas.box(x - 16, y - 16, width + 32, height + 32, Canvas.down(y - 16, 0x2A1512, y + height + 16, wood));
        canvas.box(x - 22, y + height + 14, width + 44, 10, 0x4A423C);
        canvas.box(x, y, width, height, Canvas.down(y, 0xFFCB7A, y + height, 0xFFE9BE));
        canvas.inside(new Rectangle2D.Double(x, y, width, height), () -> {
            canvas.halo(x + width * 0.62, y + height * 0.6, 130, 100, 0xFFFBEA, 0.9);
            canvas.halo(x + width * 0.2, y + height * 1.05, 70, 90, 0xA8562B, 0.5);
            canvas.halo(x + width * 0.95, y + height * 0.7, 30, 90, 0xB9682F, 0.4);
        });
        lattice(canvas, x, y, width, height, Tint.solid(wood));
        canvas.glow.lamp(x + width / 2, y + height / 2, 380, 0xFFAA55, 0.62);
    }

    private static void lattice(Canvas canvas, double x, double y, double width, double height, java.awt.Color wood) {
        Path2D bars = new Path2D.Double();
        int panels = 4;
        double panel = width / panels;
        for (int i = 0; i < panels; i++) {
            double left = x + i * panel;
            if (i > 0) {
                canvas.box(left - 3.5, y, 7, height, wood);
            }
            double inner = left + panel * 0.28;
            double right = left + panel * 0.72;
            double upper = y + height * 0.22;
            double lower = y + height * 0.78;
            bars.append(new Rectangle2D.Double(inner, upper, right - inner, lower - upper), false);
            bars.append(new Line2D.Double(inner, y, inner, upper), false);
            bars.append(new Line2D.Double(right, y, right, upper), false);
            bars.append(new Line2D.Double(inner, lower, inner, y + height), false);
            bars.append(new Line2D.Double(right, lower, right, y + height), false);
            for (double part : new double[] {0.22, 0.5, 0.78}) {
                bars.append(new Line2D.Double(left, y + height * part, inner, y + height * part), false);
                bars.append(new Line2D.Double(right, y + height * part, left + panel, y + height * part), false);
            }
            bars.append(new Line2D.Double(inner, (upper + lower) / 2, right, (upper + lower) / 2), false);
            bars.append(new Line2D.Double((inner + right) / 2, upper, (inner + right) / 2, lower), false);
        }
        canvas.line(bars, 3, wood);
    }

    private static void door(Canvas canvas, Light light, double x) {
        double width = 132;
        double top = 436;
        canvas.box(x - 20, top - 18, width + 40, GROUND - top + 18, 0x2B1714);
        int red = Tint.mix(0x8C2F22, light.ink, 0.3);
        canvas.box(
                x,
                top,
                width,
                GROUND - top,
                Canvas.across(x, Tint.solid(Tint.lighter(red, 0.1)), x + width, Tint.solid(Tint.darker(red, 0.4))));
        canvas.box(x + width / 2 - 1.5, top, 3, GROUND - top, 0x24100E);
        canvas.box(x, top, width, 26, Canvas.down(top, Tint.sheer(0x0B0C12, 0.8), top + 26, Tint.sheer(0x0B0C12, 0)));
        for (double side : new double[] {-13, 13}) {
            canvas.disc(x + width / 2 + side, top + 124, 5, Tint.solid(0xC9974C));
            canvas.line(new Ellipse2D.Double(x + width / 2 + side - 5, top + 124, 10, 14), 1.6, Tint.solid(0xA87A3A));
        }
        canvas.box(x - 34, GROUND - 8, width + 68, 18, Canvas.down(GROUND - 8, 0x7A736B, GROUND + 10, 0x3A3633));
        lantern(canvas, x - 46, 470);
        lantern(canvas, x + width + 46, 470);
    }

    private static void lantern(Canvas canvas, double x, double y) {
        canvas.box(x - 0.8, y - 52, 1.6, 34, 0x15100F);
        canvas.fill(new Ellipse2D.Double(x - 21, y - 18, 42, 36), Canvas.down(y - 18, 0xF0683A, y + 18, 0xD8431F));
        canvas.halo(x, y + 2, 15, 15, 0xFFE0A0, 0.95);
        canvas.box(x - 8, y - 21, 16, 4, 0x6B3A16);
        canvas.box(x - 8, y + 17, 16, 4, 0x6B3A16);
        for (int i = -2; i <= 2; i++) {
            canvas.box(x + i * 2.4 - 0.5, y + 21, 1, 17, 0xC2481F);
        }
        canvas.halo(x, y + 10, 120, 0xFF8A45, 0.3);
        canvas.glow.lamp(x, y, 130, 0xFF8A45, 0.75);
    }

    /** A branch of persimmons that reaches in from the upper corner, near the viewer. */
    private static void fruit(Canvas canvas, Light light, boolean fromRight) {
        double x = fromRight ? 1230 : -30;
        int wood = Tint.darker(light.at(1), 0.2);
        List<Trees.Twig> twigs = Trees.bare(canvas, x, 40, 560, fromRight ? -1.75 : 1.75, wood);
        int hung = 0;
        for (Trees.Twig twig : twigs) {
            if (hung < 14 && canvas.chance(0.25) && twig.y() < 330) {
                double radius = canvas.between(11, 17);
                canvas.ball(
                        twig.x(),
                        twig.y() + radius,
                        radius,
                        Tint.mix(0xF0803A, light.ink, 0.12),
                        Tint.mix(0xA83F1B, light.ink, 0.25));
                canvas.box(twig.x() - 5, twig.y() - 1.5, 10, 4, wood);
                hung++;
            }
        }
    }

    private static void fall(Canvas canvas) {
        for (int i = 0; i < 260; i++) {
            double size = canvas.chance(0.1) ? canvas.between(3, 6) : canvas.between(0.8, 2.2);
            canvas.disc(
                    canvas.between(0, 1200),
                    canvas.between(0, 800),
                    size,
                    Tint.sheer(0xF4F6FA, size > 2.5 ? 0.28 : canvas.between(0.3, 0.75)));
        }
    }
}
