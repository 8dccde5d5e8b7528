package ihome.importing.scene;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;

/** A round window on a garden, with tea on a low table before it. */
final class TeaRoom {
    private TeaRoom() {}

    static void paint(Canvas canvas, Light light) {
        Room.Style style = Room.style(canvas).dimmed(light.lamps ? 0.62 : 0.3);
        double x = canvas.between(430, 770);
        double y = 322;
        double radius = 248;
        Room.shell(canvas, style, 610, x);
        canvas.fill(
                new Ellipse2D.Double(x - radius - 22, y - radius - 22, 2 * radius + 44, 2 * radius + 44),
                Canvas.down(y - radius, Tint.lighter(style.wood(), 0.12), y + radius, Tint.darker(style.wood(), 0.55)));
        Ellipse2D moon = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
        canvas.inside(moon, () -> garden(canvas, light, x, y, radius));
        canvas.line(moon, 9, Tint.sheer(0x0E0A0A, 0.35));
        canvas.glow.lamp(x, y, 520, light.glow, light.lamps ? 0.22 : 0.4);
        canvas.fill(
                new Ellipse2D.Double(x - 300, 668, 600, 128),
                Canvas.down(668, Tint.sheer(light.glow, 0.26), 790, Tint.sheer(light.glow, 0.05)));
        boolean lampLeft = x > 600;
        lantern(canvas, light, lampLeft ? 130 : 1070, 250);
        Room.plant(canvas, style, lampLeft ? 1090 : 110, 700, 1.1, 0.4);
        table(canvas, style, x);
    }

    private static void garden(Canvas canvas, Light light, double x, double y, double radius) {
        canvas.box(0, 0, 1200, y, Canvas.down(y - radius, Tint.mix(light.zenith, light.sky, 0.35), y, light.sky));
        canvas.box(0, y, 1200, 400, Canvas.down(y, light.sky, y + radius * 0.6, light.horizon));
        double side = canvas.chance(0.5) ? 1 : -1;
        if (light == Light.MOON_NIGHT) {
            Sky.moon(canvas, x + side * 90, y - 100, 30);
        } else {
            canvas.halo(x + side * 80, y + 40, 260, light.glow, 0.85);
            canvas.disc(x + side * 80, y + 10, 26, Tint.solid(Tint.lighter(light.glow, 0.7)));
        }
        for (int i = 0; i < 3; i++) {
            Ridge ridge = Ridge.of(canvas, y + 70 + i * 50, 34, 0.5);
            canvas.fill(
                    ridge.ground(800),
                    Canvas.down(
                            y + 30 + i * 50,
                            light.at(0.08 + i * 0.2),
                            y + 160 + i * 50,
                            Tint.mix(light.at(0.1 + i * 0.2), light.horizon, 0.5)));
        }
        Trees.bamboo(canvas, x - side * 190, 170, y - radius - 20, y + radius + 30, light.at(0.72));
        Trees.bare(canvas, x + side * 240, y + 160, 330, -side * 0.5, light.at(0.85));
        for (int i = 0; i < 40; i++) {
            canvas.disc(
                    x + side * canvas.between(40, 240),
                    y + canvas.between(-150, 60),
                    canvas.between(2.5, 5.5),
                    Tint.sheer(0xF2A98C, 0.8));
        }
        canvas.fill(new Ellipse2D.Double(x + side * 60 - 100, y + radius - 74, 190, 120), light.at(0.8));
    }

    private static void lantern(Canvas canvas, Light light, double x, double y) {
        canvas.box(x - 1, 0, 2, y - 74, 0x171212);
        int paper = light.lamps ? 0xFFD08A : 0xE9D8B8;
        canvas.rounded(
                x - 44,
                y - 76,
                88,
                156,
                40,
                Canvas.down(y - 76, Tint.darker(paper, 0.16), y + 80, Tint.lighter(paper, 0.3)));
        for (int i = 1; i < 8; i++) {
            canvas.box(x - 43, y - 76 + i * 19.5, 86, 1.4, Tint.sheer(0x6B3A16, 0.34));
        }
        canvas.box(x - 24, y - 82, 48, 8, 0x3A2219);
        canvas.box(x - 24, y + 78, 48, 8, 0x3A2219);
        if (light.lamps) {
            canvas.halo(x, y, 220, 0xFFB060, 0.4);
            canvas.glow.lamp(x, y, 330, 0xFFA858, 0.8);
        }
    }

    private static void table(Canvas canvas, Room.Style style, double x) {
        int wood = Tint.darker(style.wood(), 0.2);
        canvas.halo(x, 752, 330, 34, 0x0C0808, 0.85);
        for (int side = -1; side <= 1; side += 2) {
            Path2D leg =
                    Canvas.polygon(x + side * 214, 672, x + side * 236, 672, x + side * 228, 752, x + side * 212, 752);
            canvas.fill(leg, Tint.darker(wood, 0.45));
        }
        canvas.rounded(
                x - 262, 652, 524, 24, 10, Canvas.down(652, Tint.lighter(wood, 0.3), 676, Tint.darker(wood, 0.3)));
        canvas.box(x - 214, 676, 428, 14, Tint.darker(wood, 0.5));
        int clay = Tint.mix(0x6A4030, style.wood(), 0.2);
        double pot = x - 40;
        canvas.line(
                new java.awt.geom.Arc2D.Double(pot + 30, 598, 46, 42, -80, 190, java.awt.geom.Arc2D.OPEN),
                6,
                Tint.solid(Tint.darker(clay, 0.2)));
        canvas.fill(
                new Ellipse2D.Double(pot - 50, 592, 100, 62),
                Canvas.down(592, Tint.lighter(clay, 0.28), 654, Tint.darker(clay, 0.4)));
        Path2D spout = new Path2D.Double();
        spout.moveTo(pot - 40, 628);
        spout.quadTo(pot - 70, 622, pot - 84, 596);
        spout.lineTo(pot - 74, 594);
        spout.quadTo(pot - 62, 606, pot - 38, 608);
        canvas.fill(spout, clay);
        canvas.fill(new Ellipse2D.Double(pot - 28, 586, 56, 14), Tint.lighter(clay, 0.1));
        canvas.disc(pot, 583, 7, Tint.solid(clay));
        for (int i = 0; i < 2; i++) {
            double cup = x + 90 + i * 62;
            canvas.fill(new Ellipse2D.Double(cup - 21, 624, 42, 34), Canvas.down(624, 0xE9E0CF, 656, 0x8F8474));
            canvas.fill(new Ellipse2D.Double(cup - 21, 622, 42, 11), 0xB98A52);
            steam(canvas, cup);
        }
        canvas.line(new Line2D.Double(x - 230, 655, x + 230, 655), 1.5, Tint.sheer(0xFFE9C9, 0.25));
    }

    private static void steam(Canvas canvas, double x) {
        for (int i = 0; i < 5; i++) {
            canvas.halo(x + canvas.between(-9, 9), 612 - i * 15, 11 + i * 2.5, 18, 0xFFF6E6, 0.17 - i * 0.025);
        }
    }
}
