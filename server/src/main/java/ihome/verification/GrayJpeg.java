package ihome.verification;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes grey pictures as baseline JPEG files (ITU-T T.81) with the quantisation and Huffman tables of its annex K.
 *
 * <p>The platform's own writer keeps native state that must be pooled, which thread-locals cannot do for virtual threads.
 * This one keeps no state between pictures.
 */
final class GrayJpeg {
    private static final int BLOCK = 8;

    /** The natural (row by row) place of each coefficient in zigzag order: T.81 figure A.6. */
    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    /** T.81 table K.1, row by row. */
    private static final int[] LUMINANCE = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };

    /** T.81 table K.3: how many codes of each length, then the values. */
    private static final byte[] DC_TABLE =
            HexFormat.of().parseHex("00010501010101010100000000000000" + "000102030405060708090a0b");

    /** T.81 table K.5, likewise. */
    private static final byte[] AC_TABLE = HexFormat.of()
            .parseHex("0002010303020403050504040000017d"
                    + "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728"
                    + "292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a83848586878889"
                    + "8a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2"
                    + "e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa");

    private static final HuffmanCodes DC_CODES = new HuffmanCodes(DC_TABLE);
    private static final HuffmanCodes AC_CODES = new HuffmanCodes(AC_TABLE);

    private final int width;
    private final int height;
    private final byte[] header;
    private final float[] scale = new float[BLOCK * BLOCK];

    /**
     * A writer for pictures of one size and quality; thread-safe.
     *
     * @param width in pixels, a multiple of 8
     * @param height in pixels, a multiple of 8
     * @param quality 1 (smallest) to 100, on the scale of the Independent JPEG Group
     */
    GrayJpeg(int width, int height, int quality) {
        if (width <= 0 || height <= 0 || width % BLOCK != 0 || height % BLOCK != 0) {
            throw new IllegalArgumentException("Not whole blocks: " + width + "x" + height);
        }
        this.width = width;
        this.height = height;
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        int[] steps = Arrays.stream(LUMINANCE)
                .map(step -> Math.clamp((step * percent + 50) / 100, 1, 255))
                .toArray();
        for (int i = 0; i < scale.length; i++) {
            scale[i] = (float) (1 / (steps[i] * gain(i / BLOCK) * gain(i % BLOCK) * BLOCK));
        }
        this.header = header(steps);
    }

    /** What {@link #transform} leaves on a frequency, over the orthonormal transform. */
    private static double gain(int frequency) {
        return frequency == 0 ? 1 : Math.cos(frequency * Math.PI / 16) * Math.sqrt(2);
    }

    private byte[] header(int[] steps) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HexFormat hex = HexFormat.of();
        out.writeBytes(hex.parseHex("ffd8" + "ffe000104a46494600010100000100010000" + "ffdb004300"));
        for (int natural : ZIGZAG) {
            out.write(steps[natural]);
        }
        out.writeBytes(hex.parseHex("ffc0000b08%04x%04x01011100".formatted(height, width)));
        out.writeBytes(hex.parseHex("ffc4%04x00".formatted(3 + DC_TABLE.length)));
        out.writeBytes(DC_TABLE);
        out.writeBytes(hex.parseHex("ffc4%04x10".formatted(3 + AC_TABLE.length)));
        out.writeBytes(AC_TABLE);
        out.writeBytes(hex.parseHex("ffda0008010100003f00"));
        return out.toByteArray();
    }

    /**
     * The picture as a JPEG file.
     *
     * @param pixels row by row, 0 black to 255 white (unsigned), width times height of them
     */
    byte[] write(byte[] pixels) {
        JpegBits bits = new JpegBits(header);
        float[] block = new float[BLOCK * BLOCK];
        int[] levels = new int[BLOCK * BLOCK];
        int previous = 0;
        for (int top = 0; top < height; top += BLOCK) {
            for (int left = 0; left < width; left += BLOCK) {
                for (int i = 0; i < block.length; i++) {
                    block[i] = (pixels[(top + i / BLOCK) * width + left + i % BLOCK] & 0xff) - 128;
                }
                for (int i = 0; i < BLOCK; i++) {
                    transform(block, i * BLOCK, 1);
                }
                for (int i = 0; i < BLOCK; i++) {
                    transform(block, i, BLOCK);
                }
                for (int i = 0; i < levels.length; i++) {
                    int natural = ZIGZAG[i];
                    levels[i] = Math.round(block[natural] * scale[natural]);
                }
                writeBlock(bits, levels, previous);
                previous = levels[0];
            }
        }
        return bits.finish();
    }

    private static void writeBlock(JpegBits bits, int[] levels, int previous) {
        writeLevel(bits, DC_CODES, 0, levels[0] - previous);
        int last = levels.length - 1;
        while (last > 0 && levels[last] == 0) {
            last--;
        }
        int zeros = 0;
        for (int i = 1; i <= last; i++) {
            if (levels[i] == 0) {
                zeros++;
                continue;
            }
            for (; zeros >= 16; zeros -= 16) {
                AC_CODES.write(bits, 0xf0);
            }
            writeLevel(bits, AC_CODES, zeros << 4, levels[i]);
            zeros = 0;
        }
        if (last < levels.length - 1) {
            AC_CODES.write(bits, 0);
        }
    }

    private static void writeLevel(JpegBits bits, HuffmanCodes codes, int run, int level) {
        int size = Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(level));
        codes.write(bits, run | size);
        bits.write(level < 0 ? level + (1 << size) - 1 : level, size);
    }

    /** One row or column by the cosine transform of Arai, Agui and Nakajima, which leaves the {@link #gain} to be divided out. */
    private static void transform(float[] data, int from, int by) {
        float sum0 = data[from] + data[from + 7 * by];
        float odd3 = data[from] - data[from + 7 * by];
        float sum1 = data[from + by] + data[from + 6 * by];
        float odd2 = data[from + by] - data[from + 6 * by];
        float sum2 = data[from + 2 * by] + data[from + 5 * by];
        float odd1 = data[from + 2 * by] - data[from + 5 * by];
        float sum3 = data[from + 3 * by] + data[from + 4 * by];
        float odd0 = data[from + 3 * by] - data[from + 4 * by];

        float even0 = sum0 + sum3;
        float even3 = sum0 - sum3;
        float even1 = sum1 + sum2;
        float even2 = (sum1 - sum2 + even3) * 0.70710677f;
        data[from] = even0 + even1;
        data[from + 4 * by] = even0 - even1;
        data[from + 2 * by] = even3 + even2;
        data[from + 6 * by] = even3 - even2;

        float turn0 = odd0 + odd1;
        float turn1 = (odd1 + odd2) * 0.70710677f;
        float turn2 = odd2 + odd3;
        float shared = (turn0 - turn2) * 0.38268343f;
        float low = 0.5411961f * turn0 + shared;
        float high = 1.306563f * turn2 + shared;
        float with = odd3 + turn1;
        float without = odd3 - turn1;
        data[from + 5 * by] = without + low;
        data[from + 3 * by] = without - low;
        data[from + by] = with + high;
        data[from + 7 * by] = with - high;
    }
}
