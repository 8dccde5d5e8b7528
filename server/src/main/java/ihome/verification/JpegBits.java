package ihome.verification;

import java.util.Arrays;

/** The bits of a JPEG scan behind its header, packed as T.81 section F.1.2.3 says. */
final class JpegBits {
    private byte[] bytes;
    private int count;
    private long pending;
    private int pendingBits;

    JpegBits(byte[] header) {
        bytes = Arrays.copyOf(header, header.length + 8192);
        count = header.length;
    }

    /**
     * Appends the lowest bits of a value, the highest of them first.
     *
     * @param value no bit set above the lowest {@code length}
     * @param length 0 to 16
     */
    void write(int value, int length) {
        pending = pending << length | value;
        pendingBits += length;
        while (pendingBits >= Byte.SIZE) {
            pendingBits -= Byte.SIZE;
            writeByte((byte) (pending >> pendingBits));
        }
    }

    /** Fills the last byte with ones, ends the image and returns the whole file. */
    byte[] finish() {
        int open = -pendingBits & 7;
        write((1 << open) - 1, open);
        byte[] file = Arrays.copyOf(bytes, count + 2);
        file[count] = (byte) 0xff;
        file[count + 1] = (byte) 0xd9;
        return file;
    }

    private void writeByte(byte value) {
        if (count + 2 > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        bytes[count++] = value;
        if (value == (byte) 0xff) {
            bytes[count++] = 0; // or a decoder would take it for a marker
        }
    }
}
