package ihome.importing.scene;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/** Clouds, mist, stars and the moon. */
final class Sky {
    private Sky() {}

    /** Long thin clouds, lit from below, between two heights. */
    static void clouds(Canvas canvas, Light light, double top, double bottom) {
        int lit = Tint.lighter(light.horizon, 0.25);
        for (int i = 0; i < 9; i++) {
            double y = canvas.between(top, bottom);
            double x = canvas.between(0, 1200);
            double width = canvas.between(140, 420);
            double thin = canvas.between(5, 13);
            double strength = light.lamps ? 0.2 : 0.34;
            for (int part = 0; part < 4; part++) {
                canvas.halo(
                        x + canvas.between(-0.5, 0.5) * width,
                        y + canvas.between(-8, 8),
                        width * canvas.between(0.4, 0.8),
                        thin * canvas.between(0.6, 1.5),
                        lit,
                        strength);
            }
        }
    }

    /** A band of mist around a height. */
    static void mist(Canvas canvas, Light light, double y, double height) {
        int colour = Tint.lighter(light.horizon, 0.1);
        canvas.box(
                0,
                y - height,
                1200,
                height,
                Canvas.down(y - height, Tint.sheer(colour, 0), y, Tint.sheer(colour, 0.26)));
        canvas.box(0, y, 1200, height, Canvas.down(y, Tint.sheer(colour, 0.26), y + height, Tint.sheer(colour, 0)));
    }

    static void stars(Canvas canvas, double bottom, int count) {
        for (int i = 0; i < count; i++) {
            double y = Math.pow(canvas.between(0, 1), 1.3) * bottom;
            double size = canvas.chance(0.08) ? 1.7 : canvas.between(0.5, 1.1);
            canvas.disc(canvas.between(0, 1200), y, size, Tint.sheer(0xF4EEDF, canvas.between(0.25, 0.9)));
        }
    }

    static void moon(Canvas canvas, double x, double y, double radius) {
        canvas.halo(x, y, radius * 7, 0xC9D6E6, 0.35);
        canvas.disc(x, y, radius, Tint.solid(0xFFF3DC));
        canvas.halo(x - radius * 0.25, y + radius * 0.2, radius * 0.5, 0xD9C7A4, 0.5);
        canvas.halo(x + radius * 0.35, y - radius * 0.3, radius * 0.35, 0xD9C7A4, 0.4);
        canvas.glow.lamp(x, y, radius * 6, 0xC9D6E6, 0.35);
    }

    /** Points of light out of focus, as a lens makes them of lamps far away. */
    static void bokeh(Canvas canvas, double top, double bottom, int count, int... colours) {
        for (int i = 0; i < count; i++) {
            double radius = canvas.between(7, 26);
            double x = canvas.between(0, 1200);
            double y = canvas.between(top, bottom);
            int colour = colours[canvas.random.nextInt(colours.length)];
            double opacity = canvas.between(0.1, 0.34);
            canvas.disc(x, y, radius, Tint.sheer(colour, opacity));
            canvas.disc(x, y, radius * 0.86, Tint.sheer(colour, opacity * 0.5));
        }
    }

    /** A flock of far birds. */
    static void birds(Canvas canvas, double x, double y, int rgb) {
        int count = 4 + canvas.random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Path2D bird = new Path2D.Double();
            bird.moveTo(-9, -2);
            bird.quadTo(-4, -6, 0, 0);
            bird.quadTo(4, -6, 9, -2);
            double size = canvas.between(0.6, 1.1);
            bird.transform(new AffineTransform(
                    size,
                    canvas.between(-0.2, 0.2),
                    0,
                    size,
                    x + canvas.between(-70, 70),
                    y + canvas.between(-35, 35)));
            canvas.line(bird, 1.6, Tint.sheer(rgb, 0.7));
        }
    }
}
