package ihome.importing.scene;

import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** A loft's living room: a tall window over the city, a sofa, a lamp that hangs from the beams. */
final class Loft {
    private Loft() {}

    static void paint(Canvas canvas, Light light) {
        Room.Style style = Room.style(canvas);
        if (light.lamps) {
            style = style.dimmed(0.5);
        }
        boolean left = canvas.chance(0.5);
        double windowX = left ? 80 : 560;
        Room.shell(canvas, style, 590, windowX + 280);
        brick(canvas, style, left ? 720 : 0);
        Room.window(canvas, light, style, new Rectangle2D.Double(windowX, 90, 560, 420), 4, 3);
        floorLight(canvas, light, windowX);
        double sofaX = left ? 800 : 400;
        shelf(canvas, style, left ? 900 : 60, 230);
        rug(canvas, style, 600);
        sofa(canvas, style, sofaX, 640);
        Room.plant(canvas, style, left ? 480 : 1120, 660, 1.15, light.lamps ? 0.45 : 0.05);
        pendant(canvas, light, sofaX - 70, 210);
        pendant(canvas, light, sofaX + 90, 160);
        table(canvas, style, left ? 500 : 690, 728);
    }

    private static void brick(Canvas canvas, Room.Style style, double x) {
        int clay = Tint.mix(0x9A5B43, style.wall(), 0.45);
        canvas.box(x, 0, 480, 574, Tint.sheer(clay, 0.75));
        Path2D joints = new Path2D.Double();
        int row = 0;
        for (double y = 10; y < 574; y += 21) {
            joints.append(new Line2D.Double(x, y, x + 480, y), false);
            for (double at = x + row % 2 * 28 + 14; at < x + 480; at += 56) {
                joints.append(new Line2D.Double(at, y, at, y + 21), false);
            }
            row++;
        }
        canvas.line(joints, 1.8, Tint.sheer(Tint.lighter(clay, 0.3), 0.22));
        canvas.box(x, 0, 480, 574, Canvas.down(0, Tint.sheer(0x120C0C, 0.5), 300, Tint.sheer(0x120C0C, 0)));
    }

    private static void floorLight(Canvas canvas, Light light, double x) {
        for (int i = 0; i < 4; i++) {
            double left = x + i * 140 + 8;
            canvas.fill(
                    Canvas.polygon(left, 596, left + 122, 596, left + 170 + i * 18, 800, left - 6 + i * 18, 800),
                    Canvas.down(
                            596, Tint.sheer(light.glow, light.lamps ? 0.2 : 0.36), 800, Tint.sheer(light.glow, 0.02)));
        }
    }

    private static void rug(Canvas canvas, Room.Style style, double x) {
        int wool = Tint.mix(style.linen(), style.floor(), 0.3);
        canvas.fill(
                Canvas.polygon(x - 370, 690, x + 370, 690, x + 480, 800, x - 480, 800),
                Canvas.down(680, Tint.darker(wool, 0.25), 800, wool));
        canvas.fill(
                Canvas.polygon(x - 352, 700, x + 352, 700, x + 368, 714, x - 368, 714),
                Tint.sheer(style.blanket(), 0.5));
    }

    private static void sofa(Canvas canvas, Room.Style style, double x, double y) {
        int cloth = Tint.mix(style.blanket(), style.wall(), 0.25);
        canvas.halo(x, y + 62, 370, 36, 0x0C0808, 0.8);
        canvas.rounded(
                x - 280,
                y - 170,
                560,
                200,
                46,
                Canvas.down(y - 170, Tint.lighter(cloth, 0.14), y + 20, Tint.darker(cloth, 0.4)));
        canvas.box(x - 1.5, y - 160, 3, 120, Tint.sheer(0x120C0C, 0.3));
        canvas.rounded(
                x - 262,
                y - 56,
                260,
                74,
                26,
                Canvas.down(y - 56, Tint.lighter(cloth, 0.26), y + 18, Tint.darker(cloth, 0.22)));
        canvas.rounded(
                x + 2,
                y - 56,
                260,
                74,
                26,
                Canvas.down(y - 56, Tint.lighter(cloth, 0.26), y + 18, Tint.darker(cloth, 0.22)));
        canvas.rounded(
                x - 285,
                y + 4,
                570,
                46,
                14,
                Canvas.down(y + 4, Tint.darker(cloth, 0.2), y + 50, Tint.darker(cloth, 0.6)));
        for (int side = -1; side <= 1; side += 2) {
            canvas.rounded(
                    x + side * 296 - 36,
                    y - 108,
                    72,
                    158,
                    44,
                    Canvas.down(y - 108, Tint.lighter(cloth, 0.2), y + 50, Tint.darker(cloth, 0.5)));
            canvas.box(x + side * 262 - 5, y + 48, 10, 18, Tint.darker(style.wood(), 0.5));
        }
        cushion(canvas, x - 196, y - 84, 62, -0.2, Tint.mix(Tint.PERSIMMON, style.blanket(), 0.2));
        cushion(canvas, x + 190, y - 82, 60, 0.24, style.linen());
        cushion(canvas, x + 128, y - 76, 52, -0.12, Tint.mix(Tint.JADE, style.wall(), 0.2));
    }

    private static void cushion(Canvas canvas, double x, double y, double half, double turn, int rgb) {
        Path2D shape = new Path2D.Double();
        shape.moveTo(-half, -half);
        shape.quadTo(0, -half * 0.82, half, -half);
        shape.quadTo(half * 0.86, 0, half, half);
        shape.quadTo(0, half * 0.86, -half, half);
        shape.quadTo(-half * 0.86, 0, -half, -half);
        java.awt.geom.AffineTransform place = java.awt.geom.AffineTransform.getTranslateInstance(x, y);
        place.rotate(turn);
        shape.transform(place);
        canvas.halo(x + 6, y + half * 0.7, half * 1.2, half * 0.6, 0x120C0C, 0.5);
        canvas.fill(shape, Canvas.down(y - half, Tint.lighter(rgb, 0.25), y + half, Tint.darker(rgb, 0.38)));
    }

    private static void shelf(Canvas canvas, Room.Style style, double x, double y) {
        int[] books = {0x9A4A34, 0x39465C, 0xD9C8AE, 0x5E8576, 0xB98F5A, 0x6A3F2A};
        for (int row = 0; row < 2; row++) {
            double board = y + row * 110;
            canvas.halo(x + 110, board + 16, 150, 14, 0x120C0C, 0.5);
            double at = x + 14 + canvas.between(0, 30);
            while (at < x + 190) {
                double width = canvas.between(9, 18);
                double height = canvas.between(46, 72);
                int spine = Tint.mix(books[canvas.random.nextInt(books.length)], style.wood(), 0.35);
                canvas.box(
                        at,
                        board - height,
                        width,
                        height,
                        Canvas.across(
                                at,
                                Tint.solid(Tint.lighter(spine, 0.15)),
                                at + width,
                                Tint.solid(Tint.darker(spine, 0.35))));
                at += width + (canvas.chance(0.14) ? 34 : 1.5);
            }
            canvas.box(
                    x,
                    board,
                    220,
                    9,
                    Canvas.down(board, Tint.lighter(style.wood(), 0.3), board + 9, Tint.darker(style.wood(), 0.3)));
        }
    }

    private static void pendant(Canvas canvas, Light light, double x, double y) {
        canvas.box(x - 1, 0, 2, y - 40, 0x171212);
        Path2D shade = new Path2D.Double();
        shade.moveTo(x - 46, y);
        shade.curveTo(x - 40, y - 34, x - 18, y - 44, x, y - 46);
        shade.curveTo(x + 18, y - 44, x + 40, y - 34, x + 46, y);
        shade.closePath();
        canvas.fill(shade, Canvas.across(x - 46, Tint.solid(0x4A3A33), x + 46, Tint.solid(0x1C1615)));
        if (light.lamps) {
            canvas.fill(new java.awt.geom.Ellipse2D.Double(x - 42, y - 6, 84, 12), 0xFFE3AE);
            canvas.disc(x, y + 5, 11, Tint.solid(0xFFF6DF));
            canvas.fill(
                    Canvas.polygon(x - 42, y, x + 42, y, x + 190, 640, x - 190, 640),
                    Canvas.down(y, Tint.sheer(0xFFC67E, 0.26), 640, Tint.sheer(0xFFC67E, 0)));
            canvas.glow.lamp(x, y + 6, 340, 0xFFAE5C, 0.8);
        }
    }

    private static void table(Canvas canvas, Room.Style style, double x, double y) {
        canvas.halo(x, y + 40, 150, 18, 0x0C0808, 0.6);
        canvas.line(new Line2D.Double(x - 86, y, x - 100, y + 44), 6, Tint.solid(Tint.darker(style.wood(), 0.5)));
        canvas.line(new Line2D.Double(x + 86, y, x + 100, y + 44), 6, Tint.solid(Tint.darker(style.wood(), 0.5)));
        canvas.fill(
                new java.awt.geom.Ellipse2D.Double(x - 124, y - 20, 248, 36),
                Canvas.across(
                        x - 124,
                        Tint.solid(Tint.lighter(style.wood(), 0.3)),
                        x + 124,
                        Tint.solid(Tint.darker(style.wood(), 0.2))));
        canvas.rounded(x + 20, y - 34, 34, 30, 10, Tint.solid(Tint.mix(Tint.PAPER, style.wall(), 0.3)));
        canvas.rounded(x - 60, y - 16, 66, 9, 3, Tint.solid(style.blanket()));
        canvas.rounded(x - 54, y - 24, 58, 9, 3, Tint.solid(style.linen()));
    }
}
