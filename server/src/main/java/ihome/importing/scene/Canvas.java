package ihome.importing.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.SplittableRandom;

/**
 * What a scene is painted on: 1200 by 800 units, whatever the number of pixels. Lamps are added to a coarse layer
 * of light that {@link Exposure} lays over everything at the end, the way a lens does.
 */
final class Canvas {
    static final int WIDTH = 1280;
    static final int HEIGHT = 853;
    /** Units across and down. */
    static final double ACROSS = 1200;

    static final double DOWN = 800;
    private static final double SCALE = WIDTH / ACROSS;

    final SplittableRandom random;
    final Glow glow = new Glow();
    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    private final Graphics2D graphics = image.createGraphics();

    Canvas(long seed) {
        random = new SplittableRandom(seed);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(SCALE, SCALE);
    }

    int[] pixels() {
        return pixels;
    }

    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** The sky of {@code light} from the top edge down to {@code horizon}, and its horizon colour below. */
    void sky(Light light, double horizon) {
        int last = (int) Math.min(HEIGHT, Math.ceil(horizon * SCALE));
        for (int y = 0; y < HEIGHT; y++) {
            double t = Math.min(1, y / (double) last);
            int rgb = t < 0.55
                    ? Tint.mix(light.zenith, light.sky, t / 0.55)
                    : Tint.mix(light.sky, light.horizon, smooth((t - 0.55) / 0.45));
            java.util.Arrays.fill(pixels, y * WIDTH, (y + 1) * WIDTH, rgb);
        }
    }

    static double smooth(double t) {
        double x = Math.clamp(t, 0, 1);
        return x * x * (3 - 2 * x);
    }

    void fill(Shape shape, Paint paint) {
        graphics.setPaint(paint);
        graphics.fill(shape);
    }

    void fill(Shape shape, int rgb) {
        fill(shape, Tint.solid(rgb));
    }

    void box(double x, double y, double width, double height, Paint paint) {
        Shape clip = graphics.getClip();
        if (clip == null && paint instanceof GradientPaint gradient) {
            Fade.lay(pixels, x * SCALE, y * SCALE, width * SCALE, height * SCALE, gradient, SCALE);
        } else {
            fill(new Rectangle2D.Double(x, y, width, height), paint);
        }
    }

    void box(double x, double y, double width, double height, int rgb) {
        box(x, y, width, height, Tint.solid(rgb));
    }

    void rounded(double x, double y, double width, double height, double arc, Paint paint) {
        fill(new RoundRectangle2D.Double(x, y, width, height, arc, arc), paint);
    }

    void disc(double x, double y, double radius, Paint paint) {
        fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), paint);
    }

    void line(Shape shape, double width, Paint paint) {
        graphics.setPaint(paint);
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
    }

    /** A straight-sided shape through x, y, x, y … */
    static Path2D polygon(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
        return path;
    }

    static Paint down(double from, Color above, double to, Color below) {
        return new GradientPaint(0, (float) from, above, 0, (float) to, below);
    }

    static Paint down(double from, int above, double to, int below) {
        return down(from, Tint.solid(above), to, Tint.solid(below));
    }

    static Paint across(double from, Color left, double to, Color right) {
        return new GradientPaint((float) from, 0, left, (float) to, 0, right);
    }

    /** A soft round patch, strongest in the middle. */
    void halo(double x, double y, double radius, int rgb, double opacity) {
        halo(x, y, radius, radius, rgb, opacity);
    }

    /** A soft oval patch: a shadow on the floor, light on a wall. */
    void halo(double x, double y, double radiusX, double radiusY, int rgb, double opacity) {
        Shape clip = graphics.getClip();
        if (clip == null) {
            SoftLight.lay(pixels, x * SCALE, y * SCALE, radiusX * SCALE, radiusY * SCALE, rgb, opacity);
        } else {
            clippedHalo(x, y, radiusX, radiusY, rgb, opacity);
        }
    }

    private void clippedHalo(double x, double y, double radiusX, double radiusY, int rgb, double opacity) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        graphics.scale(radiusX, radiusY);
        float[] stops = {0f, 0.2f, 0.45f, 0.7f, 1f};
        Color[] colours = new Color[stops.length];
        for (int i = 0; i < stops.length; i++) {
            colours[i] = Tint.sheer(rgb, opacity * SoftLight.falloff(stops[i]));
        }
        graphics.setPaint(new RadialGradientPaint(new Point2D.Double(0, 0), 1f, stops, colours));
        graphics.fill(new Rectangle2D.Double(-1, -1, 2, 2));
        graphics.setTransform(before);
    }

    /** A ball or fruit lit from the upper left. */
    void ball(double x, double y, double radius, int lit, int shaded) {
        graphics.setPaint(new RadialGradientPaint(
                new Point2D.Double(x - radius * 0.3, y - radius * 0.35),
                (float) (radius * 1.5),
                new float[] {0f, 0.45f, 1f},
                new Color[] {Tint.solid(Tint.lighter(lit, 0.35)), Tint.solid(lit), Tint.solid(shaded)}));
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    /** Runs {@code painting} with everything outside of {@code shape} untouched. */
    void inside(Shape shape, Runnable painting) {
        Shape before = graphics.getClip();
        graphics.clip(shape);
        painting.run();
        graphics.setClip(before);
    }

    /**
     * Still water: what stands above {@code shore} mirrored below it, broken up more towards the viewer and tinted
     * with {@code rgb}.
     */
    void mirror(double shore, int rgb, double opacity) {
        int edge = (int) Math.round(shore * SCALE);
        double phase = between(0, 6);
        int[] row = new int[WIDTH];
        double[] sine = new double[WIDTH];
        double[] cosine = new double[WIDTH];
        for (int x = 0; x < WIDTH; x++) {
            sine[x] = Math.sin(x * 0.011);
            cosine[x] = Math.cos(x * 0.011);
        }
        for (int y = edge; y < HEIGHT; y++) {
            double depth = (y - edge) / (double) (HEIGHT - edge);
            double wave = Math.sin(Math.sqrt(depth) * 58 + phase) + 0.6 * Math.sin(depth * 131 + phase * 2);
            int source = (int) Math.clamp(edge - 1 - (y - edge) * 0.92 + wave * (1 + depth * 9), 0, edge - 1.0);
            double swayCosine = Math.cos(y * 0.21 + phase) * (0.6 + depth * 5);
            double swaySine = Math.sin(y * 0.21 + phase) * (0.6 + depth * 5);
            for (int x = 0; x < WIDTH; x++) {
                int from = source + (int) (sine[x] * swayCosine + cosine[x] * swaySine);
                row[x] = pixels[Math.clamp(from, 0, edge - 1) * WIDTH + x];
            }
            double share = opacity + (1 - opacity) * 0.35 * depth;
            for (int x = 0; x < WIDTH; x++) {
                pixels[y * WIDTH + x] = Tint.mix(row[x], rgb, share);
            }
        }
    }

    void done() {
        graphics.dispose();
    }
}
