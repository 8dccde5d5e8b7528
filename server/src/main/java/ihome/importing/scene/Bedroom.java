package ihome.importing.scene;

import java.awt.geom.Rectangle2D;

/** A bed under a window or a picture: by daylight with sun on the wall, in the evening with the lamp lit. */
final class Bedroom {
    private Bedroom() {}

    static void paint(Canvas canvas, Light light) {
        Room.Style style = Room.style(canvas);
        if (light.lamps) {
            style = style.dimmed(0.5);
        }
        boolean windowLeft = canvas.chance(0.5);
        double windowX = windowLeft ? 90 : 800;
        double bedX = windowLeft ? 760 : 440;
        Room.shell(canvas, style, 560, light.lamps ? bedX : windowX + 160);
        Room.window(canvas, light, style, new Rectangle2D.Double(windowX, 110, 310, 360), 2, 1);
        int cloth = Tint.mix(style.linen(), style.wall(), 0.3);
        Room.curtain(canvas, windowX - 70, 76, 96, 480, cloth, 0.92);
        Room.curtain(canvas, windowX + 284, 76, 96, 480, cloth, 0.92);
        canvas.box(windowX - 84, 70, 478, 7, Tint.darker(style.wood(), 0.3));
        if (light.lamps) {
            Room.art(canvas, style, bedX - 62, 150, 124, 156);
        } else {
            Room.sunPatch(canvas, windowLeft ? 590 : 330, 130, 250, 260, Tint.lighter(light.glow, 0.3));
            Room.art(canvas, style, bedX + (windowLeft ? 90 : -190), 170, 100, 130);
        }
        Room.lamp(canvas, style, bedX - 330, 590, 0.95, light.lamps);
        Room.lamp(canvas, style, bedX + 330, 590, 0.95, light.lamps && canvas.chance(0.6));
        Room.bed(canvas, style, bedX, 500, 1);
        Room.plant(canvas, style, windowLeft ? 120 : 1090, 690, 1.05, light.lamps ? 0.45 : 0.05);
    }
}
