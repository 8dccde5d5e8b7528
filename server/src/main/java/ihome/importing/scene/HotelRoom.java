package ihome.importing.scene;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** A hotel room: panelled wall, two lamps, and the city behind a wide window. */
final class HotelRoom {
    private HotelRoom() {}

    static void paint(Canvas canvas, Light light) {
        Room.Style style = Room.style(canvas).dimmed(light.lamps ? 0.55 : 0.12);
        boolean left = canvas.chance(0.5);
        double bedX = left ? 400 : 800;
        Room.shell(canvas, style, 565, bedX);
        panels(canvas, style, bedX);
        double windowX = left ? 830 : 30;
        Room.window(canvas, light, style, new Rectangle2D.Double(windowX, 70, 340, 440), 3, 1);
        int cloth = Tint.mix(style.blanket(), style.wall(), 0.35);
        Room.curtain(canvas, windowX - 40, 40, 84, 522, cloth, 0.95);
        Room.curtain(canvas, windowX + 296, 40, 84, 522, cloth, 0.95);
        Room.lamp(canvas, style, bedX - 320, 590, 0.92, true);
        Room.lamp(canvas, style, bedX + 320, 590, 0.92, true);
        Room.art(canvas, style, bedX - 105, 118, 210, 116);
        Room.bed(canvas, style, bedX, 505, 0.98);
        chair(canvas, style, left ? 985 : 215, 690);
    }

    private static void panels(Canvas canvas, Room.Style style, double x) {
        canvas.box(
                x - 395,
                270,
                790,
                290,
                Canvas.down(270, Tint.darker(style.wood(), 0.12), 560, Tint.darker(style.wood(), 0.5)));
        for (double at = x - 395; at < x + 390; at += 79) {
            canvas.box(at, 270, 3, 290, Tint.sheer(0x0E0A0A, 0.42));
            canvas.box(at + 3, 270, 2, 290, Tint.sheer(Tint.lighter(style.wood(), 0.4), 0.22));
        }
        canvas.box(x - 395, 266, 790, 5, Tint.lighter(style.wood(), 0.25));
    }

    private static void chair(Canvas canvas, Room.Style style, double x, double y) {
        canvas.halo(x, y + 8, 150, 26, 0x0C0808, 0.7);
        int cloth = Tint.mix(style.blanket(), style.linen(), 0.2);
        Path2D back = new Path2D.Double();
        back.moveTo(x - 92, y - 60);
        back.curveTo(x - 112, y - 200, x - 40, y - 222, x, y - 222);
        back.curveTo(x + 40, y - 222, x + 112, y - 200, x + 92, y - 60);
        back.closePath();
        canvas.fill(back, Canvas.down(y - 222, Tint.lighter(cloth, 0.2), y - 60, Tint.darker(cloth, 0.4)));
        canvas.rounded(
                x - 108,
                y - 128,
                46,
                100,
                38,
                Canvas.down(y - 128, Tint.lighter(cloth, 0.12), y - 30, Tint.darker(cloth, 0.45)));
        canvas.rounded(
                x + 62,
                y - 128,
                46,
                100,
                38,
                Canvas.down(y - 128, Tint.lighter(cloth, 0.12), y - 30, Tint.darker(cloth, 0.45)));
        canvas.rounded(
                x - 76,
                y - 96,
                152,
                58,
                36,
                Canvas.down(y - 96, Tint.lighter(cloth, 0.26), y - 38, Tint.darker(cloth, 0.3)));
        for (int side = -1; side <= 1; side += 2) {
            canvas.box(x + side * 74 - 4, y - 34, 8, 40, Tint.darker(style.wood(), 0.4));
        }
    }
}
