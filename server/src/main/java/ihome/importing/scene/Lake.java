package ihome.importing.scene;

import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** A still lake with hills, a pagoda, an arched bridge, and willow branches in front. */
final class Lake {
    private static final double SHORE = 500;

    private Lake() {}

    static void paint(Canvas canvas, Light light) {
        canvas.sky(light, SHORE);
        boolean bridgeLeft = canvas.chance(0.5);
        double sunX = bridgeLeft ? canvas.between(600, 900) : canvas.between(300, 600);
        if (light == Light.MOON_NIGHT) {
            Sky.stars(canvas, 350, 120);
            Sky.moon(canvas, sunX, 170, 34);
        } else {
            double sunY = canvas.between(310, 380);
            canvas.halo(sunX, sunY, 360, light.glow, 0.8);
            canvas.disc(sunX, sunY, 34, Tint.solid(Tint.lighter(light.glow, 0.7)));
            canvas.glow.lamp(sunX, sunY, 280, light.glow, 0.4);
        }
        Sky.clouds(canvas, light, 90, 330);
        canvas.fill(Ridge.of(canvas, 425, 34, 0.4).ground(SHORE), Tint.mix(light.at(0.05), light.horizon, 0.35));
        canvas.fill(Ridge.of(canvas, 455, 22, 0.4).ground(SHORE), light.at(0.22));
        pagoda(canvas, light, bridgeLeft ? canvas.between(820, 1020) : canvas.between(180, 380));
        Ridge bank = Ridge.of(canvas, 486, 6, 0.9);
        Trees.wood(canvas, bank, light.at(0.52), 0.25);
        canvas.fill(bank.ground(SHORE + 1), light.at(0.55));
        bridge(canvas, light, bridgeLeft ? canvas.between(60, 180) : canvas.between(700, 800));
        canvas.mirror(SHORE, Tint.mix(light.zenith, light.ink, 0.35), 0.2);
        canvas.box(0, SHORE - 1, 1200, 3, Tint.sheer(Tint.lighter(light.horizon, 0.3), 0.35));
        if (canvas.chance(0.7)) {
            boat(canvas, light, canvas.between(420, 780), canvas.between(600, 660));
        }
        Trees.willow(canvas, bridgeLeft ? 1080 : 120, 300, 430, light.at(0.95));
    }

    private static void pagoda(Canvas canvas, Light light, double x) {
        int colour = light.at(0.4);
        canvas.fill(new Ellipse2D.Double(x - 230, 415, 460, 170), light.at(0.3));
        canvas.box(x - 46, 396, 92, 44, Tint.mix(colour, light.horizon, 0.2));
        double y = 398;
        double width = 78;
        for (int level = 0; level < 4; level++) {
            canvas.box(x - width * 0.36, y - 26, width * 0.72, 26, Tint.mix(colour, light.horizon, 0.12));
            if (light.lamps) {
                for (int i = -1; i <= 1; i++) {
                    canvas.box(x + i * width * 0.22 - 3, y - 17, 6, 11, Tint.LAMP);
                }
                canvas.glow.lamp(x, y - 12, 40, Tint.LAMP, 0.35);
            }
            Path2D roof = new Path2D.Double();
            roof.moveTo(x - width * 0.66, y - 27);
            roof.quadTo(x - width * 0.34, y - 30, x - width * 0.24, y - 46);
            roof.lineTo(x + width * 0.24, y - 46);
            roof.quadTo(x + width * 0.34, y - 30, x + width * 0.66, y - 27);
            roof.quadTo(x, y - 22, x - width * 0.66, y - 27);
            canvas.fill(roof, Tint.mix(colour, light.ink, 0.35));
            y -= 42;
            width *= 0.82;
        }
        canvas.fill(Canvas.polygon(x - 5, y - 2, x, y - 26, x + 5, y - 2), Tint.mix(colour, light.ink, 0.35));
    }

    private static void bridge(Canvas canvas, Light light, double x) {
        double width = 340;
        Path2D deck = new Path2D.Double();
        deck.moveTo(x, SHORE + 2);
        deck.curveTo(x + width * 0.25, SHORE - 36, x + width * 0.38, SHORE - 74, x + width * 0.5, SHORE - 74);
        deck.curveTo(x + width * 0.62, SHORE - 74, x + width * 0.75, SHORE - 36, x + width, SHORE + 2);
        deck.closePath();
        Area stone = new Area(deck);
        double[] centres = {0.5, 0.33, 0.67, 0.19, 0.81};
        double[] heights = {52, 38, 38, 22, 22};
        for (int i = 0; i < centres.length; i++) {
            double arch = width * (i == 0 ? 0.17 : i < 3 ? 0.13 : 0.1);
            stone.subtract(new Area(
                    new Ellipse2D.Double(x + width * centres[i] - arch / 2, SHORE - heights[i], arch, heights[i] * 2)));
        }
        int colour = Tint.mix(light.at(0.62), light.glow, 0.22);
        canvas.fill(stone, Canvas.down(SHORE - 80, Tint.lighter(colour, 0.12), SHORE, light.at(0.7)));
        for (double t = 0.04; t < 0.97; t += 0.033) {
            double rise = 76 * Math.pow(Math.sin(Math.PI * t), 1.35);
            canvas.fill(new Rectangle2D.Double(x + width * t, SHORE - rise - 9, 3, 10), colour);
        }
        canvas.line(new Arc2D.Double(), 1, Tint.solid(colour));
    }

    private static void boat(Canvas canvas, Light light, double x, double y) {
        canvas.halo(x, y + 14, 110, 16, light.ink, 0.5);
        Path2D hull = new Path2D.Double();
        hull.moveTo(x - 62, y - 9);
        hull.quadTo(x, y + 20, x + 62, y - 9);
        hull.quadTo(x, y + 1, x - 62, y - 9);
        Path2D cover = new Path2D.Double();
        cover.moveTo(x - 26, y - 1);
        cover.quadTo(x - 24, y - 27, x, y - 28);
        cover.quadTo(x + 24, y - 27, x + 26, y - 1);
        canvas.fill(cover, Tint.mix(light.at(0.9), Tint.PERSIMMON, 0.15));
        canvas.fill(hull, light.at(1));
        if (light.lamps) {
            canvas.disc(x + 30, y - 17, 4, Tint.solid(Tint.LAMP));
            canvas.glow.lamp(x + 30, y - 17, 70, Tint.LAMP, 0.9);
            canvas.halo(x + 32, y + 34, 14, 60, Tint.LAMP, 0.4);
        }
    }
}
