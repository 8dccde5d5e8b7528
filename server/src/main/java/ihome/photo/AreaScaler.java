package ihome.photo;

import java.awt.Rectangle;
import java.util.Arrays;

/**
 * Makes pictures smaller: every new pixel is the mean of the area it covers, so nothing fine turns into patterns. One
 * row of the source is held at a time.
 */
final class AreaScaler {
    private final Axis across;
    private final Axis down;
    private final int[] pixels;
    private final float[] line;
    private final float[] sum;

    private AreaScaler(Rectangle region, int width, int height) {
        this.across = new Axis(region.width, width);
        this.down = new Axis(region.height, height);
        this.pixels = new int[width * height];
        // One pixel more: the last one's remaining share, nothing, is added there.
        this.line = new float[3 * (width + 1)];
        this.sum = new float[3 * width];
    }

    /**
     * The region of the source in the given size, which must not be larger than the region in either direction.
     */
    static RgbPicture scale(PixelSource source, Rectangle region, int width, int height) {
        return new RgbPicture(width, height, new AreaScaler(region, width, height).run(source, region));
    }

    private int[] run(PixelSource source, Rectangle region) {
        int[] row = new int[source.width()];
        for (int y = 0; y < region.height; y++) {
            source.row(region.y + y, row);
            squeeze(row, region.x);
            add(down.share[y]);
            boolean lastOfItsTarget = y + 1 == region.height || down.target[y + 1] != down.target[y];
            if (lastOfItsTarget) {
                write(down.target[y]);
                Arrays.fill(sum, 0);
                add(1 - down.share[y]);
            }
        }
        return pixels;
    }

    private void squeeze(int[] row, int from) {
        Arrays.fill(line, 0);
        for (int x = 0; x < across.share.length; x++) {
            int rgb = row[from + x];
            float share = across.share[x];
            float rest = 1 - share;
            int red = (rgb >> 16) & 0xff;
            int green = (rgb >> 8) & 0xff;
            int blue = rgb & 0xff;
            int at = 3 * across.target[x];
            line[at] += red * share;
            line[at + 1] += green * share;
            line[at + 2] += blue * share;
            line[at + 3] += red * rest;
            line[at + 4] += green * rest;
            line[at + 5] += blue * rest;
        }
    }

    private void add(float share) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += line[i] * share;
        }
    }

    private void write(int y) {
        float scale = across.scale * down.scale;
        int width = sum.length / 3;
        for (int x = 0; x < width; x++) {
            int red = Math.min(255, Math.round(sum[3 * x] * scale));
            int green = Math.min(255, Math.round(sum[3 * x + 1] * scale));
            int blue = Math.min(255, Math.round(sum[3 * x + 2] * scale));
            pixels[y * width + x] = red << 16 | green << 8 | blue;
        }
    }

    /** How the source's pixels fall into the target's along one direction. */
    private static final class Axis {
        /** The first target that a source pixel falls into. */
        private final int[] target;
        /** The part of it that falls there; the rest goes to the next. */
        private final float[] share;

        private final float scale;

        Axis(int from, int to) {
            if (to < 1 || to > from) {
                throw new IllegalArgumentException("cannot scale " + from + " to " + to);
            }
            target = new int[from];
            share = new float[from];
            scale = (float) to / from;
            for (int i = 0; i < from; i++) {
                target[i] = (int) ((long) i * to / from);
                long untilItsEnd = (target[i] + 1L) * from - (long) i * to;
                share[i] = untilItsEnd >= to ? 1 : (float) untilItsEnd / to;
            }
        }
    }
}
