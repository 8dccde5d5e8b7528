package ihome.importing.scene;

import java.awt.geom.Path2D;

/** Hills behind hills, and the Great Wall along one of their ridges. */
final class GreatWall {
    private GreatWall() {}

    static void paint(Canvas canvas, Light light) {
        canvas.sky(light, 470);
        double sunX = canvas.between(260, 940);
        double sunY = canvas.between(230, 300);
        sun(canvas, light, sunX, sunY);
        Sky.clouds(canvas, light, 120, 300);
        int layers = 6;
        for (int i = 0; i < layers; i++) {
            double nearness = i / (layers - 1.0);
            double level = 350 + 330 * Math.pow(nearness, 1.15);
            Ridge ridge = Ridge.of(canvas, level, 42 + 46 * nearness, 0.5 + 0.4 * nearness);
            int crest = light.at(Math.pow(nearness, 0.8) * 0.94);
            int valley = Tint.mix(crest, light.horizon, 0.62 * (1 - nearness) + 0.08);
            canvas.fill(ridge.ground(800), Canvas.down(level - 70, crest, level + 150, valley));
            if (i == 3) {
                wall(canvas, light, ridge);
            }
            if (i >= 4) {
                Trees.wood(canvas, ridge, Tint.darker(crest, 0.25), nearness);
            }
            if (i < 5) {
                Sky.mist(canvas, light, level + 70, 60);
            }
        }
    }

    private static void sun(Canvas canvas, Light light, double x, double y) {
        canvas.halo(x, y, 420, light.glow, 0.75);
        canvas.disc(x, y, light == Light.MOON_NIGHT ? 30 : 40, Tint.solid(Tint.lighter(light.glow, 0.65)));
        canvas.glow.lamp(x, y, 300, light.glow, 0.4);
    }

    private static void wall(Canvas canvas, Light light, Ridge ridge) {
        int stone = Tint.mix(light.at(0.42), light.glow, 0.6);
        int shade = Tint.mix(stone, light.ink, 0.5);
        Path2D top = new Path2D.Double();
        Path2D face = new Path2D.Double();
        face.moveTo(0, ridge.at(0) + 6);
        top.moveTo(0, ridge.at(0) - 8);
        for (double x = 4; x <= 1204; x += 4) {
            top.lineTo(x, ridge.at(x) - 8);
            face.lineTo(x, ridge.at(x) - 8);
        }
        for (double x = 1204; x >= 0; x -= 4) {
            face.lineTo(x, ridge.at(x) + 9);
        }
        canvas.fill(face, shade);
        canvas.line(top, 6.5, Tint.solid(stone));
        for (double x = 3; x < 1200; x += 8) {
            canvas.box(x, ridge.at(x + 2) - 16, 4.6, 7, stone);
        }
        double x = canvas.between(40, 130);
        while (x < 1180) {
            tower(canvas, light, x, ridge.at(x), stone, shade);
            x += canvas.between(170, 330);
        }
    }

    private static void tower(Canvas canvas, Light light, double x, double y, int stone, int shade) {
        double width = 38;
        double height = 42;
        canvas.box(
                x - width / 2,
                y - height,
                width,
                height + 12,
                Canvas.across(x - width / 2, Tint.solid(stone), x + width / 2, Tint.solid(shade)));
        canvas.box(x - width / 2 - 3, y - height, width + 6, 4, stone);
        for (int i = 0; i < 4; i++) {
            canvas.box(x - width / 2 - 2 + i * 11.5, y - height - 7, 7, 8, stone);
        }
        int window = light.lamps ? Tint.LAMP : light.ink;
        for (int i = -1; i <= 1; i++) {
            canvas.rounded(x + i * 11 - 3, y - height + 14, 6, 11, 6, Tint.solid(window));
        }
        if (light.lamps) {
            canvas.glow.lamp(x, y - height + 18, 46, Tint.LAMP, 0.7);
        }
    }
}
