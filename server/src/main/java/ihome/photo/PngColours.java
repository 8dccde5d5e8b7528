package ihome.photo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the chunks of a PNG file say of its colours. As browsers do, the strongest that can be read counts (PNG, third
 * edition, 4.3): cICP, iCCP, sRGB, and last gAMA and cHRM, each of which may be there without the other. Of cICP only what
 * screens have is understood, sRGB and Display P3; other codes count as no chunk.
 */
final class PngColours {
    /** x and y of white, red, green and blue: of sRGB (IEC 61966-2-1), and of Display P3. */
    private static final double[] SRGB = {0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06};

    private static final double[] DISPLAY_P3 = {0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060};
    private static final double[] D50 = {0.9642, 1, 0.8249};
    /** From XYZ to the cones' answers (Bradford), by rows. */
    private static final double[][] BRADFORD = {
        {0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}
    };

    private static final double UNIT = 100_000;

    private @Nullable ByteBuffer profile;
    private boolean srgb;
    private double @Nullable [] points;
    private double gamma;
    private boolean coded;
    private boolean codedAsDisplayP3;

    /** iCCP, inflated. */
    void profile(@Nullable ByteBuffer bytes) {
        profile = profile == null ? bytes : profile;
    }

    void srgb() {
        srgb = true;
    }

    /** gAMA: the exponent of the encoding, times 100,000. */
    void gamma(ByteBuffer content) {
        if (content.remaining() == Integer.BYTES && content.getInt(0) > 0) {
            gamma = UNIT / content.getInt(0);
        }
    }

    /** cHRM: eight numbers, times 100,000. */
    void primaries(ByteBuffer content) {
        if (content.remaining() != 8 * Integer.BYTES) {
            return;
        }
        double[] read = new double[8];
        for (int i = 0; i < read.length; i++) {
            read[i] = content.getInt(Integer.BYTES * i) / UNIT;
            if (read[i] <= 0 || read[i] >= 1) {
                return;
            }
        }
        points = read;
    }

    /** cICP: code points of primaries, transfer, matrix, range (ITU-T H.273). */
    void codePoints(ByteBuffer content) {
        if (content.remaining() == 4 && content.get(1) == 13 && content.get(2) == 0 && content.get(3) == 1) {
            codedAsDisplayP3 = content.get(0) == 12;
            coded = codedAsDisplayP3 || content.get(0) == 1;
        }
    }

    /** An ICC profile that says the same; null for sRGB. */
    @Nullable
    ByteBuffer asProfile(boolean grey) {
        if (coded) {
            return codedAsDisplayP3 && !grey ? matrixProfile(DISPLAY_P3, curve(0)) : null;
        }
        if (profile != null && ColourProfile.isSound(profile, grey ? 1 : 3)) {
            return profile;
        }
        if (srgb || (points == null && gamma == 0)) {
            return null;
        }
        byte[] curve = curve(gamma);
        return grey ? greyProfile(curve) : matrixProfile(points == null ? SRGB : points, curve);
    }

    /**
     * A parametric curve (ICC.1:2022, 10.18).
     *
     * @param exponent 0: that of sRGB
     */
    private static byte[] curve(double exponent) {
        double[] values = exponent == 0
                ? new double[] {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045}
                : new double[] {exponent};
        ByteBuffer curve = ByteBuffer.allocate(12 + 4 * values.length).put("para".getBytes(US_ASCII));
        curve.putInt(0).putShort((short) (exponent == 0 ? 3 : 0)).putShort((short) 0);
        for (double value : values) {
            curve.putInt(fixed(value));
        }
        return curve.array();
    }

    private static ByteBuffer greyProfile(byte[] curve) {
        return file("GRAY", List.of("wtpt", "kTRC"), List.of(xyz(D50), curve));
    }

    private static @Nullable ByteBuffer matrixProfile(double[] points, byte[] curve) {
        double[][] columns = {xyzOf(points, 1), xyzOf(points, 2), xyzOf(points, 3)};
        double[] white = xyzOf(points, 0);
        double[] shares = solved(columns, white);
        if (shares == null) {
            return null;
        }
        double[] cones = times(BRADFORD, white);
        double[] wanted = times(BRADFORD, D50);
        double[][] adapted = new double[3][];
        for (int i = 0; i < 3; i++) {
            double[] scaled = columns[i].clone();
            for (int k = 0; k < 3; k++) {
                scaled[k] *= shares[i];
            }
            double[] answer = times(BRADFORD, scaled);
            for (int k = 0; k < 3; k++) {
                answer[k] *= wanted[k] / cones[k];
            }
            double[] back = solved(transposed(BRADFORD), answer);
            if (back == null) {
                return null;
            }
            adapted[i] = back;
        }
        return file(
                "RGB ",
                List.of("rXYZ", "gXYZ", "bXYZ", "wtpt", "rTRC", "gTRC", "bTRC"),
                List.of(xyz(adapted[0]), xyz(adapted[1]), xyz(adapted[2]), xyz(D50), curve, curve, curve));
    }

    /** Of one of the points, with Y = 1. */
    private static double[] xyzOf(double[] points, int at) {
        double x = points[2 * at];
        double y = points[2 * at + 1];
        return new double[] {x / y, 1, (1 - x - y) / y};
    }

    private static double[] times(double[][] rows, double[] vector) {
        double[] product = new double[3];
        for (int row = 0; row < 3; row++) {
            product[row] = rows[row][0] * vector[0] + rows[row][1] * vector[1] + rows[row][2] * vector[2];
        }
        return product;
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                columns[k][i] = rows[i][k];
            }
        }
        return columns;
    }

    /** How much of each column makes the sum (Cramer); null where they do not span the space. */
    private static double @Nullable [] solved(double[][] columns, double[] sum) {
        double all = determinant(columns[0], columns[1], columns[2]);
        if (Math.abs(all) < 1e-9) {
            return null;
        }
        return new double[] {
            determinant(sum, columns[1], columns[2]) / all,
            determinant(columns[0], sum, columns[2]) / all,
            determinant(columns[0], columns[1], sum) / all
        };
    }

    private static double determinant(double[] a, double[] b, double[] c) {
        return a[0] * (b[1] * c[2] - b[2] * c[1])
                - b[0] * (a[1] * c[2] - a[2] * c[1])
                + c[0] * (a[1] * b[2] - a[2] * b[1]);
    }

    /** A profile of a screen (ICC.1:2022, 7.2 and 7.3). */
    private static ByteBuffer file(String space, List<String> names, List<byte[]> contents) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteBuffer tags = ByteBuffer.allocate(4 + 12 * names.size()).putInt(names.size());
        int start = 128 + tags.capacity();
        for (int i = 0; i < names.size(); i++) {
            tags.put(names.get(i).getBytes(US_ASCII));
            tags.putInt(start + data.size()).putInt(contents.get(i).length);
            data.writeBytes(contents.get(i));
        }
        ByteBuffer file = ByteBuffer.allocate(start + data.size());
        file.putInt(0, file.capacity()).putInt(8, 0x04200000);
        file.put(12, ("mntr" + space + "XYZ ").getBytes(US_ASCII));
        file.putShort(24, (short) 2026).putShort(26, (short) 1).putShort(28, (short) 1);
        file.put(36, "acsp".getBytes(US_ASCII));
        file.putInt(68, fixed(D50[0])).putInt(72, fixed(D50[1])).putInt(76, fixed(D50[2]));
        file.put(128, tags.array()).put(start, data.toByteArray());
        return file;
    }

    private static byte[] xyz(double[] values) {
        ByteBuffer tag = ByteBuffer.allocate(20).put("XYZ ".getBytes(US_ASCII)).putInt(0);
        for (double value : values) {
            tag.putInt(fixed(value));
        }
        return tag.array();
    }

    private static int fixed(double value) {
        return (int) Math.round(value * 65_536);
    }
}
