package ihome.importing.scene;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** What the interiors are furnished with. */
final class Room {
    /** The colours of a room: wall, floor boards, bed linen, a blanket, and furniture. */
    record Style(int wall, int floor, int linen, int blanket, int wood) {
        /** The same room with less light in it. */
        Style dimmed(double share) {
            return new Style(
                    Tint.mix(wall, 0x2B1C1A, share),
                    Tint.mix(floor, 0x1A1518, share),
                    Tint.mix(linen, 0x4A342C, share * 0.6),
                    Tint.mix(blanket, 0x2A1B1C, share * 0.6),
                    Tint.mix(wood, 0x17110F, share));
        }
    }

    private static final Style[] STYLES = {
        new Style(0xD9C8AE, 0x9A6B44, 0xF4EDE1, 0xCF6A3B, 0x7A4E30),
        new Style(0xA9BBAA, 0x8C6746, 0xF3EEE4, 0x5E8576, 0x6B4A33),
        new Style(0xCFC6BC, 0x7C5B45, 0xEFE8DD, 0x39465C, 0x54392B),
        new Style(0xD6B49A, 0x8F5F42, 0xF5EBDD, 0x9A4A34, 0x6A3F2A),
    };

    private Room() {}

    static Style style(Canvas canvas) {
        return STYLES[canvas.random.nextInt(STYLES.length)];
    }

    /** Back wall and floor; {@code lightX} is where the light comes from. */
    static void shell(Canvas canvas, Style style, double floorY, double lightX) {
        canvas.box(0, 0, 1200, floorY, Tint.darker(style.wall(), 0.22));
        canvas.halo(lightX, floorY * 0.5, 980, 620, Tint.lighter(style.wall(), 0.22), 0.9);
        canvas.box(
                0,
                0,
                1200,
                190,
                Canvas.down(
                        0,
                        Tint.sheer(Tint.darker(style.wall(), 0.6), 0.45),
                        190,
                        Tint.sheer(Tint.darker(style.wall(), 0.6), 0)));
        canvas.box(
                0,
                floorY,
                1200,
                800 - floorY,
                Canvas.down(floorY, Tint.darker(style.floor(), 0.42), 800, style.floor()));
        Path2D boards = new Path2D.Double();
        for (double x = -2200; x < 3400; x += 130) {
            boards.append(new Line2D.Double(600 + (x - 600) * 0.5, floorY, x, 806), false);
        }
        canvas.line(boards, 1.6, Tint.sheer(Tint.darker(style.floor(), 0.75), 0.4));
        canvas.halo(lightX, floorY + 120, 520, 120, Tint.lighter(style.floor(), 0.5), 0.35);
        canvas.box(
                0,
                floorY - 16,
                1200,
                16,
                Canvas.down(floorY - 16, Tint.lighter(style.wall(), 0.15), floorY, Tint.darker(style.wall(), 0.35)));
        canvas.box(
                0,
                floorY,
                1200,
                30,
                Canvas.down(floorY, Tint.sheer(0x0E0A0A, 0.4), floorY + 30, Tint.sheer(0x0E0A0A, 0)));
    }

    /** A window with the city or hills outside. */
    static void window(Canvas canvas, Light light, Style style, Rectangle2D frame, int columns, int rows) {
        double x = frame.getX();
        double y = frame.getY();
        double width = frame.getWidth();
        double height = frame.getHeight();
        canvas.box(x - 14, y - 14, width + 28, height + 28, Tint.darker(style.wood(), light.lamps ? 0.55 : 0.1));
        canvas.inside(frame, () -> view(canvas, light, frame));
        int bar = Tint.darker(style.wood(), light.lamps ? 0.62 : 0.2);
        for (int i = 1; i < columns; i++) {
            canvas.box(x + width * i / columns - 4, y, 8, height, bar);
        }
        for (int i = 1; i < rows; i++) {
            canvas.box(x, y + height * i / rows - 3, width, 6, bar);
        }
        canvas.box(x, y, width, 12, Canvas.down(y, Tint.sheer(0x0E0A0A, 0.5), y + 12, Tint.sheer(0x0E0A0A, 0)));
        canvas.box(x - 24, y + height + 12, width + 48, 12, Tint.lighter(style.wood(), light.lamps ? 0.05 : 0.35));
        canvas.glow.lamp(
                x + width / 2, y + height / 2, Math.max(width, height) * 0.95, light.glow, light.lamps ? 0.22 : 0.42);
    }

    private static void view(Canvas canvas, Light light, Rectangle2D frame) {
        double top = frame.getY();
        double bottom = frame.getMaxY();
        double third = top + frame.getHeight() * 0.55;
        canvas.box(
                0, top, 1200, third - top, Canvas.down(top, Tint.mix(light.zenith, light.sky, 0.3), third, light.sky));
        canvas.box(0, third, 1200, bottom - third, Canvas.down(third, light.sky, bottom, light.horizon));
        canvas.halo(frame.getX() + frame.getWidth() * canvas.between(0.2, 0.8), bottom - 40, 300, 180, light.glow, 0.8);
        if (canvas.chance(0.6)) {
            Skyline.towers(canvas, light, 0.2, bottom - 70, 60, 34);
            Skyline.towers(canvas, light, 0.6, bottom - 40, 60, 46);
        } else {
            canvas.fill(Ridge.of(canvas, bottom - 90, 26, 0.5).ground(800), light.at(0.12));
            canvas.fill(Ridge.of(canvas, bottom - 50, 22, 0.5).ground(800), light.at(0.36));
            Ridge near = Ridge.of(canvas, bottom - 16, 12, 0.8);
            Trees.wood(canvas, near, light.at(0.65), 0.5);
            canvas.fill(near.ground(800), light.at(0.65));
        }
    }

    /** A curtain that hangs in folds. */
    static void curtain(Canvas canvas, double x, double y, double width, double height, int rgb, double opacity) {
        canvas.box(x, y, width, height, Tint.sheer(rgb, opacity));
        double fold = 22;
        for (double at = x; at < x + width - 1; at += fold) {
            double w = Math.min(fold, x + width - at);
            canvas.box(
                    at,
                    y,
                    w * 0.5,
                    height,
                    Canvas.across(
                            at,
                            Tint.sheer(Tint.darker(rgb, 0.6), 0.34),
                            at + w * 0.5,
                            Tint.sheer(Tint.lighter(rgb, 0.5), 0.25)));
            canvas.box(
                    at + w * 0.5,
                    y,
                    w * 0.5,
                    height,
                    Canvas.across(
                            at + w * 0.5,
                            Tint.sheer(Tint.lighter(rgb, 0.5), 0.25),
                            at + w,
                            Tint.sheer(Tint.darker(rgb, 0.6), 0.34)));
        }
    }

    /** A bed seen from its foot; {@code back} is where it meets the wall. */
    static void bed(Canvas canvas, Style style, double x, double back, double size) {
        double wide = 225 * size;
        double front = back + 215 * size;
        double foot = 300 * size;
        canvas.halo(x, front + 46 * size, foot * 1.35, 60 * size, 0x0C0808, 0.75);
        headboard(canvas, style, x, back, wide, size);
        canvas.box(
                x - foot,
                front + 4,
                foot * 2,
                62 * size,
                Canvas.down(
                        front, Tint.darker(style.linen(), 0.22), front + 62 * size, Tint.darker(style.linen(), 0.55)));
        Path2D top = Canvas.polygon(
                x - wide, back - 18 * size, x + wide, back - 18 * size, x + foot, front + 6, x - foot, front + 6);
        canvas.fill(top, Canvas.down(back - 30, Tint.darker(style.linen(), 0.18), front, style.linen()));
        canvas.inside(top, () -> folds(canvas, style, x, back, wide, size));
        pillows(canvas, style, x, back, wide, size);
        blanket(canvas, style, x, back, size);
    }

    private static void headboard(Canvas canvas, Style style, double x, double back, double wide, double size) {
        double height = 150 * size;
        canvas.halo(x, back - height * 0.4, wide * 1.5, height * 1.1, 0x120C0C, 0.4);
        canvas.rounded(
                x - wide - 22 * size,
                back - height,
                2 * wide + 44 * size,
                height + 60 * size,
                34 * size,
                Canvas.down(back - height, Tint.lighter(style.wood(), 0.16), back, Tint.darker(style.wood(), 0.3)));
        for (int i = 1; i < 6; i++) {
            double at = x - wide - 22 * size + (2 * wide + 44 * size) * i / 6;
            canvas.box(at - 1.5, back - height + 12, 3, height, Tint.sheer(0x120C0A, 0.3));
        }
    }

    private static void folds(Canvas canvas, Style style, double x, double back, double wide, double size) {
        for (int i = 0; i < 15; i++) {
            Path2D fold = new Path2D.Double();
            double start = x + canvas.between(-1.1, 1.1) * wide;
            double y = back + canvas.between(30, 190) * size;
            double reach = canvas.between(50, 170) * size;
            fold.moveTo(start, y);
            fold.curveTo(
                    start + reach * 0.3,
                    y + canvas.between(-14, 20),
                    start + reach * 0.7,
                    y + canvas.between(-20, 14),
                    start + reach,
                    y + canvas.between(-12, 22));
            boolean lit = canvas.chance(0.5);
            for (int pass = 4; pass > 0; pass--) {
                canvas.line(
                        fold,
                        pass * 5.5 * size,
                        Tint.sheer(lit ? Tint.lighter(style.linen(), 0.6) : Tint.darker(style.linen(), 0.5), 0.045));
            }
        }
    }

    private static void pillows(Canvas canvas, Style style, double x, double back, double wide, double size) {
        for (int side = -1; side <= 1; side += 2) {
            pillow(
                    canvas,
                    x + side * wide * 0.5,
                    back - 40 * size,
                    wide * 0.46,
                    50 * size,
                    Tint.darker(style.linen(), 0.1));
        }
        for (int side = -1; side <= 1; side += 2) {
            pillow(
                    canvas,
                    x + side * wide * 0.44,
                    back - 12 * size,
                    wide * 0.38,
                    42 * size,
                    Tint.lighter(style.linen(), 0.2));
        }
        pillow(canvas, x, back + 10 * size, wide * 0.25, 32 * size, style.blanket());
    }

    private static void pillow(Canvas canvas, double x, double y, double half, double rise, int rgb) {
        canvas.halo(x, y + rise * 0.7, half * 1.15, rise * 0.7, 0x1A1010, 0.35);
        Path2D shape = new Path2D.Double();
        shape.moveTo(x - half, y - rise * 0.72);
        shape.quadTo(x, y - rise * 1.12, x + half, y - rise * 0.72);
        shape.quadTo(x + half * 0.93, y, x + half * 1.02, y + rise * 0.72);
        shape.quadTo(x, y + rise * 0.98, x - half * 1.02, y + rise * 0.72);
        shape.quadTo(x - half * 0.93, y, x - half, y - rise * 0.72);
        canvas.fill(shape, Canvas.down(y - rise, Tint.lighter(rgb, 0.3), y + rise, Tint.darker(rgb, 0.26)));
        canvas.inside(shape, () -> {
            canvas.halo(x - half * 0.2, y - rise * 0.25, half * 0.8, rise * 0.6, Tint.lighter(rgb, 0.8), 0.4);
            canvas.halo(x + half * 0.8, y + rise * 0.6, half * 0.6, rise * 0.6, Tint.darker(rgb, 0.5), 0.35);
        });
    }

    private static void blanket(Canvas canvas, Style style, double x, double back, double size) {
        double upper = back + 108 * size;
        double lower = back + 186 * size;
        double left = 268 * size;
        double right = 293 * size;
        Path2D cloth = new Path2D.Double();
        cloth.moveTo(x - left, upper);
        cloth.quadTo(x, upper - 14 * size, x + left, upper + 4);
        cloth.lineTo(x + right + 8, lower);
        cloth.lineTo(x + right + 6, lower + 84 * size);
        cloth.quadTo(x + right - 16, lower + 92 * size, x + right - 30, lower + 10);
        cloth.quadTo(x, lower - 8 * size, x - right + 30, lower + 10);
        cloth.quadTo(x - right + 12, lower + 92 * size, x - right - 6, lower + 80 * size);
        cloth.lineTo(x - right - 8, lower);
        cloth.closePath();
        canvas.fill(
                cloth,
                Canvas.down(
                        upper,
                        Tint.lighter(style.blanket(), 0.14),
                        lower + 60 * size,
                        Tint.darker(style.blanket(), 0.38)));
        canvas.inside(cloth, () -> {
            for (double t = 0.12; t < 1; t += 0.16) {
                double y = upper + (lower - upper) * t;
                Path2D weave = new Path2D.Double();
                weave.moveTo(x - right - 10, y + 6);
                weave.quadTo(x, y - 10 * size, x + right + 10, y + 8);
                canvas.line(weave, 3, Tint.sheer(Tint.lighter(style.blanket(), 0.45), 0.16));
            }
        });
    }

    /** A bedside table with a lamp; {@code lit} makes it the light of the room. */
    static void lamp(Canvas canvas, Style style, double x, double floorY, double size, boolean lit) {
        double top = floorY - 62 * size;
        canvas.halo(x, floorY + 30 * size, 90 * size, 18 * size, 0x0C0808, 0.6);
        canvas.rounded(
                x - 56 * size,
                top,
                112 * size,
                88 * size,
                8,
                Canvas.down(top, Tint.lighter(style.wood(), 0.22), top + 88 * size, Tint.darker(style.wood(), 0.4)));
        canvas.box(x - 48 * size, top + 40 * size, 96 * size, 2.5, Tint.sheer(0x120C0A, 0.5));
        canvas.fill(
                new Ellipse2D.Double(x - 20 * size, top - 58 * size, 40 * size, 60 * size),
                Canvas.across(x - 20 * size, Tint.solid(0xB98F6A), x + 20 * size, Tint.solid(0x5A3C2C)));
        double shadeTop = top - 138 * size;
        double shadeBottom = top - 60 * size;
        Path2D shade = Canvas.polygon(
                x - 34 * size,
                shadeTop,
                x + 34 * size,
                shadeTop,
                x + 54 * size,
                shadeBottom,
                x - 54 * size,
                shadeBottom);
        if (lit) {
            canvas.halo(x, shadeTop - 90 * size, 170 * size, 190 * size, 0xFFC67E, 0.5);
            canvas.fill(shade, Canvas.down(shadeTop, 0xFFD593, shadeBottom, 0xFFF0CE));
            canvas.halo(x, top, 90 * size, 16 * size, 0xFFDCA2, 0.8);
            canvas.glow.lamp(x, (shadeTop + shadeBottom) / 2, 420 * size, 0xFFA858, 0.62);
        } else {
            canvas.fill(shade, Canvas.down(shadeTop, 0xE9DCC6, shadeBottom, 0xF6ECDA));
        }
    }

    /** A picture on the wall: hills and a sun, nothing else. */
    static void art(Canvas canvas, Style style, double x, double y, double width, double height) {
        canvas.halo(x + width / 2 + 6, y + height / 2 + 12, width * 0.75, height * 0.75, 0x140E0E, 0.35);
        canvas.box(x - 7, y - 7, width + 14, height + 14, Tint.darker(style.wood(), 0.35));
        int paper = Tint.mix(Tint.PAPER, style.wall(), 0.3);
        canvas.box(x, y, width, height, paper);
        Rectangle2D inner = new Rectangle2D.Double(x + width * 0.12, y + height * 0.12, width * 0.76, height * 0.76);
        canvas.inside(inner, () -> {
            canvas.box(x, y, width, height, Canvas.down(y, Tint.mix(Tint.JADE, paper, 0.5), y + height, paper));
            canvas.disc(
                    x + width * 0.64,
                    y + height * 0.38,
                    width * 0.12,
                    Tint.solid(Tint.mix(Tint.PERSIMMON, paper, 0.15)));
            canvas.halo(
                    x + width * 0.2,
                    y + height * 0.95,
                    width * 0.6,
                    height * 0.45,
                    Tint.mix(Tint.JADE, Tint.INK, 0.4),
                    0.9);
            canvas.halo(
                    x + width * 0.8,
                    y + height * 1.0,
                    width * 0.6,
                    height * 0.35,
                    Tint.mix(Tint.JADE, Tint.INK, 0.65),
                    0.9);
        });
    }

    /** A plant in a pot. */
    static void plant(Canvas canvas, Style style, double x, double floorY, double size, double dark) {
        canvas.halo(x, floorY + 4, 80 * size, 16 * size, 0x0C0808, 0.6);
        Path2D pot = Canvas.polygon(
                x - 40 * size,
                floorY - 78 * size,
                x + 40 * size,
                floorY - 78 * size,
                x + 30 * size,
                floorY,
                x - 30 * size,
                floorY);
        int clay = Tint.mix(0xB5653C, 0x17110F, dark);
        canvas.fill(
                pot,
                Canvas.across(
                        x - 40 * size,
                        Tint.solid(Tint.lighter(clay, 0.2)),
                        x + 40 * size,
                        Tint.solid(Tint.darker(clay, 0.45))));
        for (int i = 0; i < 15; i++) {
            double angle = -Math.PI / 2 + canvas.between(-1.15, 1.15);
            double length = canvas.between(120, 230) * size;
            double tipX = x + Math.cos(angle) * length;
            double tipY = floorY - 78 * size + Math.sin(angle) * length + Math.abs(Math.cos(angle)) * 70 * size;
            double middleX = x + Math.cos(angle) * length * 0.5;
            double middleY = floorY - 78 * size + Math.sin(angle) * length * 0.75;
            double wide = 17 * size;
            Path2D leaf = new Path2D.Double();
            leaf.moveTo(x, floorY - 74 * size);
            leaf.quadTo(middleX - wide, middleY - wide * 0.6, tipX, tipY);
            leaf.quadTo(middleX + wide, middleY + wide * 0.6, x, floorY - 74 * size);
            int green = Tint.mix(Tint.mix(0x3F6B4E, 0x7FA37C, canvas.between(0, 1)), 0x12181A, dark);
            canvas.fill(
                    leaf, Canvas.down(tipY, Tint.lighter(green, 0.14), floorY - 70 * size, Tint.darker(green, 0.45)));
        }
    }

    /** The shape of a window that the sun throws on a wall. */
    static void sunPatch(Canvas canvas, double x, double y, double width, double height, int rgb) {
        for (int column = 0; column < 2; column++) {
            for (int row = 0; row < 2; row++) {
                double left = x + column * width * 0.53;
                double top = y + row * height * 0.53 + column * width * 0.14;
                for (int pass = 0; pass < 4; pass++) {
                    double soft = pass * 3.0;
                    canvas.fill(
                            Canvas.polygon(
                                    left + soft,
                                    top + soft,
                                    left + width * 0.47 - soft,
                                    top + width * 0.125 + soft,
                                    left + width * 0.47 - soft - height * 0.06,
                                    top + height * 0.46 + width * 0.125 - soft,
                                    left - height * 0.06 + soft,
                                    top + height * 0.46 - soft),
                            Tint.sheer(rgb, 0.11));
                }
            }
        }
    }
}
