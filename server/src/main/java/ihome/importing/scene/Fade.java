package ihome.importing.scene;

import java.awt.Color;
import java.awt.GradientPaint;

/** Upright boxes filled with a fade from one colour to another, laid straight on the pixels. */
final class Fade {
    private Fade() {}

    /** The box in pixels; the gradient in units of {@code scale} pixels, along one of the axes. */
    static void lay(
            int[] pixels, double x, double y, double width, double height, GradientPaint gradient, double scale) {
        int top = Math.clamp(Math.round(y), 0, Canvas.HEIGHT);
        int bottom = Math.clamp(Math.round(y + height), 0, Canvas.HEIGHT);
        int left = Math.clamp(Math.round(x), 0, Canvas.WIDTH);
        int right = Math.clamp(Math.round(x + width), 0, Canvas.WIDTH);
        double startX = gradient.getPoint1().getX() * scale;
        double startY = gradient.getPoint1().getY() * scale;
        double lengthX = gradient.getPoint2().getX() * scale - startX;
        double lengthY = gradient.getPoint2().getY() * scale - startY;
        boolean down = lengthX == 0;
        int count = down ? bottom - top : right - left;
        int[] colours = new int[Math.max(0, count)];
        int[] shares = new int[colours.length];
        for (int i = 0; i < colours.length; i++) {
            double place = down ? (top + i + 0.5 - startY) / lengthY : (left + i + 0.5 - startX) / lengthX;
            colours[i] = colour(gradient, place);
            shares[i] = share(gradient, place);
        }
        for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
                int step = down ? row - top : column - left;
                int at = row * Canvas.WIDTH + column;
                pixels[at] = Tint.blend(pixels[at], colours[step], shares[step]);
            }
        }
    }

    private static int colour(GradientPaint gradient, double place) {
        return Tint.mix(
                gradient.getColor1().getRGB() & 0xFFFFFF, gradient.getColor2().getRGB() & 0xFFFFFF, place);
    }

    private static int share(GradientPaint gradient, double place) {
        Color from = gradient.getColor1();
        double t = Math.clamp(place, 0, 1);
        double alpha = from.getAlpha() + (gradient.getColor2().getAlpha() - from.getAlpha()) * t;
        return (int) Math.round(alpha * 256 / 255);
    }
}
