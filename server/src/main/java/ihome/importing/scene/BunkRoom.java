package ihome.importing.scene;

import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** A shared room: wooden bunks with a reading lamp each, a window between them, a string of small lamps. */
final class BunkRoom {
    private BunkRoom() {}

    static void paint(Canvas canvas, Light light) {
        Room.Style style = Room.style(canvas);
        if (light.lamps) {
            style = style.dimmed(0.48);
        }
        Room.shell(canvas, style, 610, 600);
        Room.window(canvas, light, style, new Rectangle2D.Double(466, 130, 268, 330), 2, 2);
        rug(canvas, style);
        bunk(canvas, light, style, 30);
        bunk(canvas, light, style, 790);
        Room.plant(canvas, style, 600, 640, 0.82, light.lamps ? 0.45 : 0.08);
        string(canvas, light);
    }

    private static void rug(Canvas canvas, Room.Style style) {
        int wool = Tint.mix(style.blanket(), style.floor(), 0.3);
        canvas.fill(
                Canvas.polygon(440, 668, 760, 668, 850, 800, 350, 800),
                Canvas.down(660, Tint.darker(wool, 0.3), 800, wool));
        canvas.fill(Canvas.polygon(428, 688, 772, 688, 780, 700, 420, 700), Tint.sheer(style.linen(), 0.4));
    }

    private static void bunk(Canvas canvas, Light light, Room.Style style, double x) {
        double width = 380;
        canvas.halo(x + width / 2, 704, 260, 34, 0x0C0808, 0.8);
        berth(canvas, light, style, x, 300, width);
        berth(canvas, light, style, x, 560, width);
        int wood = Tint.lighter(style.wood(), 0.1);
        for (double post : new double[] {x, x + width - 24}) {
            canvas.box(
                    post,
                    84,
                    24,
                    616,
                    Canvas.across(
                            post, Tint.solid(Tint.lighter(wood, 0.22)), post + 24, Tint.solid(Tint.darker(wood, 0.4))));
        }
        double ladder = x < 400 ? x + width - 96 : x + 44;
        for (double rail : new double[] {ladder, ladder + 46}) {
            canvas.box(
                    rail,
                    250,
                    9,
                    450,
                    Canvas.across(
                            rail, Tint.solid(Tint.lighter(wood, 0.2)), rail + 9, Tint.solid(Tint.darker(wood, 0.3))));
        }
        for (double y = 290; y < 690; y += 62) {
            canvas.box(ladder + 5, y, 44, 9, Canvas.down(y, Tint.lighter(wood, 0.25), y + 9, Tint.darker(wood, 0.35)));
        }
    }

    private static void berth(Canvas canvas, Light light, Room.Style style, double x, double y, double width) {
        int back = Tint.darker(style.wood(), 0.35);
        double head = y - 190;
        canvas.box(x + 12, head, width - 24, 214, Canvas.down(head, Tint.darker(back, 0.5), y, back));
        for (double at = x + 12; at < x + width - 14; at += 36) {
            canvas.box(at, head, 2, 214, Tint.sheer(0x0E0A0A, 0.35));
        }
        double lampX = x + 84;
        boolean lit = light.lamps && canvas.chance(0.85);
        if (lit) {
            canvas.halo(lampX, y - 120, 190, 130, 0xFFC67E, 0.75);
        }
        canvas.rounded(
                x + 16,
                y - 18,
                width - 32,
                46,
                18,
                Canvas.down(y - 18, Tint.lighter(style.linen(), 0.2), y + 28, Tint.darker(style.linen(), 0.35)));
        Path2D pillow = new Path2D.Double();
        double px = x + 34;
        pillow.moveTo(px, y - 14);
        pillow.quadTo(px - 6, y - 50, px + 20, y - 50);
        pillow.quadTo(px + 60, y - 56, px + 96, y - 46);
        pillow.quadTo(px + 112, y - 26, px + 104, y - 12);
        pillow.closePath();
        canvas.fill(
                pillow, Canvas.down(y - 54, Tint.lighter(style.linen(), 0.4), y - 10, Tint.darker(style.linen(), 0.2)));
        Path2D quilt = new Path2D.Double();
        quilt.moveTo(x + 150, y - 22);
        quilt.curveTo(x + 190, y - 48, x + 280, y - 34, x + width - 16, y - 30);
        quilt.lineTo(x + width - 16, y + 26);
        quilt.lineTo(x + 142, y + 26);
        quilt.closePath();
        int cloth = canvas.chance(0.5) ? style.blanket() : Tint.mix(style.blanket(), Tint.JADE, 0.6);
        canvas.fill(quilt, Canvas.down(y - 46, Tint.lighter(cloth, 0.2), y + 26, Tint.darker(cloth, 0.4)));
        canvas.box(
                x,
                y + 22,
                width,
                30,
                Canvas.down(y + 22, Tint.lighter(style.wood(), 0.26), y + 52, Tint.darker(style.wood(), 0.3)));
        canvas.box(
                x, y + 52, width, 26, Canvas.down(y + 52, Tint.sheer(0x0E0A0A, 0.5), y + 78, Tint.sheer(0x0E0A0A, 0)));
        lamp(canvas, lampX, y - 128, lit);
    }

    private static void lamp(Canvas canvas, double x, double y, boolean lit) {
        canvas.line(new Line2D.Double(x - 26, y - 6, x, y - 12), 3, Tint.solid(0x2A211E));
        canvas.fill(
                Canvas.polygon(x - 9, y - 16, x + 9, y - 16, x + 19, y + 8, x - 19, y + 8), lit ? 0xFFE0A6 : 0xB9AA94);
        if (lit) {
            canvas.glow.lamp(x, y, 230, 0xFFAE5C, 0.72);
        }
    }

    private static void string(Canvas canvas, Light light) {
        double lastX = 20;
        for (int span = 0; span < 4; span++) {
            double nextX = lastX + 290;
            Path2D wire = new Path2D.Double();
            wire.moveTo(lastX, 40);
            wire.quadTo((lastX + nextX) / 2, 118, nextX, 40);
            canvas.line(wire, 1.6, Tint.solid(0x1D1716));
            for (double t = 0.1; t < 1; t += 0.16) {
                double x = lastX + 290 * t;
                double y = 40 + 2 * t * (1 - t) * 78 + 5;
                canvas.disc(x, y, 5.5, Tint.solid(light.lamps ? 0xFFE9BE : 0xD9C8AE));
                if (light.lamps) {
                    canvas.glow.lamp(x, y, 62, 0xFFB860, 0.75);
                }
            }
            lastX = nextX;
        }
    }
}
