package ihome.photo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held: tag 274 of EXIF (CIPA DC-008, 4.6.4), a number from 1 to 8. Whatever is not a whole and
 * sensible entry counts as upright; EXIF is never a reason to refuse a picture.
 */
final class ExifOrientation {
    static final int UPRIGHT = 1;

    private static final byte[] SIGNATURE = {'E', 'x', 'i', 'f', 0, 0};
    private static final int TAG = 0x0112;
    private static final int TYPE_SHORT = 3;

    private ExifOrientation() {}

    /** Whether these bytes are EXIF as JPEG holds it, with its signature before the TIFF header. */
    static boolean isExif(ByteBuffer bytes, int start, int length) {
        return length >= SIGNATURE.length
                && bytes.slice(start, SIGNATURE.length).equals(ByteBuffer.wrap(SIGNATURE));
    }

    /** Reads a TIFF header and its first directory. */
    static int of(ByteBuffer tiff) {
        if (tiff.limit() < 8) {
            return UPRIGHT;
        }
        int mark = tiff.getShort(0);
        tiff.order(mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = Integer.toUnsignedLong(tiff.getInt(4));
        if ((mark != 0x4949 && mark != 0x4d4d) || directory + 2 > tiff.limit()) {
            return UPRIGHT;
        }
        int count = Short.toUnsignedInt(tiff.getShort((int) directory));
        for (int i = 0; i < count; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > tiff.limit()) {
                return UPRIGHT;
            }
            if (Short.toUnsignedInt(tiff.getShort((int) entry)) == TAG) {
                return value(tiff, (int) entry);
            }
        }
        return UPRIGHT;
    }

    private static int value(ByteBuffer tiff, int entry) {
        int value = Short.toUnsignedInt(tiff.getShort(entry + 8));
        boolean sound = tiff.getShort(entry + 2) == TYPE_SHORT && value >= 1 && value <= 8;
        return sound ? value : UPRIGHT;
    }
}
