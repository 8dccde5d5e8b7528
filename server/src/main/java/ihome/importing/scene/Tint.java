package ihome.importing.scene;

import java.awt.Color;

/** Colours as 0xRRGGBB and what the scenes do with them. */
final class Tint {
    static final int INK = 0x14161F;
    static final int PERSIMMON = 0xE2703A;
    static final int JADE = 0x6E9C8A;
    static final int PAPER = 0xF3E7D3;
    static final int LAMP = 0xFFC873;

    private Tint() {}

    /** Each from 0 to 255. */
    static int of(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }

    /** {@code from} at 0, {@code to} at 1; {@code share} outside of that is cut off. */
    static int mix(int from, int to, double share) {
        int t = (int) (256 * Math.clamp(share, 0, 1));
        return blend(from, to, t);
    }

    /** As {@link #mix}, with the share in 256ths. */
    static int blend(int from, int to, int share) {
        int red = red(from) + (((red(to) - red(from)) * share) >> 8);
        int green = green(from) + (((green(to) - green(from)) * share) >> 8);
        int blue = blue(from) + (((blue(to) - blue(from)) * share) >> 8);
        return of(red, green, blue);
    }

    static int darker(int rgb, double share) {
        return mix(rgb, INK, share);
    }

    static int lighter(int rgb, double share) {
        return mix(rgb, 0xFFF6E6, share);
    }

    static Color solid(int rgb) {
        return new Color(rgb);
    }

    /** {@code opacity} from 0 (nothing) to 1. */
    static Color sheer(int rgb, double opacity) {
        return new Color(red(rgb), green(rgb), blue(rgb), (int) Math.round(255 * Math.clamp(opacity, 0, 1)));
    }

    static int red(int rgb) {
        return rgb >> 16 & 0xFF;
    }

    static int green(int rgb) {
        return rgb >> 8 & 0xFF;
    }

    static int blue(int rgb) {
        return rgb & 0xFF;
    }
}
