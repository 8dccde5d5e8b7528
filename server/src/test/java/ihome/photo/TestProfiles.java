package ihome.photo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** ICC profiles (ICC.1:2022) of three primaries and a curve, made from the definitions of their colour spaces. */
final class TestProfiles {
    private static final byte[] GAMMA_2_2 = new byte[] {'c', 'u', 'r', 'v', 0, 0, 0, 0, 0, 0, 0, 1, 2, 0x33, 0, 0};

    private TestProfiles() {}

    static byte[] srgb() {
        return profile(
                new double[][] {{0.43607, 0.22249, 0.01392}, {0.38515, 0.71687, 0.09708}, {0.14307, 0.06061, 0.71410}},
                curveOfSrgb());
    }

    static byte[] displayP3() {
        return profile(
                new double[][] {{0.51512, 0.24120, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.15710, 0.06657, 0.78407}},
                curveOfSrgb());
    }

    static byte[] adobeRgb() {
        return profile(
                new double[][] {{0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}},
                GAMMA_2_2);
    }

    /** A parametric curve of type 3 (10.18). */
    private static byte[] curveOfSrgb() {
        ByteBuffer curve = ByteBuffer.allocate(32).put("para".getBytes(StandardCharsets.US_ASCII));
        curve.putInt(0).putShort((short) 3).putShort((short) 0);
        for (double value : new double[] {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045}) {
            curve.putInt(fixed(value));
        }
        return curve.array();
    }

    private static byte[] profile(double[][] primaries, byte[] curve) {
        List<String> names = List.of("rXYZ", "gXYZ", "bXYZ", "wtpt", "rTRC", "gTRC", "bTRC");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ByteBuffer tags = ByteBuffer.allocate(4 + 12 * names.size()).putInt(names.size());
        int start = 128 + tags.capacity();
        for (int i = 0; i < names.size(); i++) {
            byte[] tag = i < 3 ? xyz(primaries[i]) : i == 3 ? xyz(0.9642, 1, 0.8249) : curve;
            tags.put(names.get(i).getBytes(StandardCharsets.US_ASCII));
            tags.putInt(start + content.size()).putInt(tag.length);
            content.writeBytes(tag);
        }
        ByteBuffer file = ByteBuffer.allocate(start + content.size());
        file.putInt(0, file.capacity()).putInt(8, 0x04200000);
        file.put(12, "mntrRGB XYZ ".getBytes(StandardCharsets.US_ASCII));
        file.putShort(24, (short) 2026).putShort(26, (short) 1).putShort(28, (short) 1);
        file.put(36, "acsp".getBytes(StandardCharsets.US_ASCII));
        file.putInt(68, fixed(0.9642)).putInt(72, fixed(1)).putInt(76, fixed(0.8249));
        file.put(128, tags.array()).put(start, content.toByteArray());
        return file.array();
    }

    private static byte[] xyz(double... values) {
        ByteBuffer tag = ByteBuffer.allocate(20)
                .put("XYZ ".getBytes(StandardCharsets.US_ASCII))
                .putInt(0);
        for (double value : values) {
            tag.putInt(fixed(value));
        }
        return tag.array();
    }

    private static int fixed(double value) {
        return (int) Math.round(value * 65_536);
    }
}
