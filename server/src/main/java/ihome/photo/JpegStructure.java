package ihome.photo;

import static ihome.photo.PictureHeader.skip;
import static ihome.photo.PictureHeader.unsignedByte;
import static ihome.photo.PictureHeader.unsignedShort;

import java.nio.ByteBuffer;

/** The segments of a JPEG file (ITU-T T.81, annex B), up to its end marker; what follows that is ignored. */
final class JpegStructure {
    /** A hostile progressive file may hold thousands of scans, each a pass over every pixel. Cameras write about ten. */
    private static final int MAX_SCANS = 64;

    private static final int BASELINE = 0xc0;
    private static final int EXTENDED = 0xc1;
    private static final int PROGRESSIVE = 0xc2;
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int APP1 = 0xe1;

    private final ByteBuffer bytes;
    private int width;
    private int height;
    private int scans;
    private int orientation = ExifOrientation.UPRIGHT;
    private boolean exifSeen;
    private boolean progressive;

    JpegStructure(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    PictureHeader read() throws NotAPicture {
        skip(bytes, 2);
        for (int marker = marker(); marker != END_OF_IMAGE; marker = marker()) {
            if (marker == START_OF_IMAGE) {
                throw new NotAPicture(NotAPicture.Reason.DAMAGED);
            }
            if (hasNoLength(marker)) {
                continue;
            }
            int length = unsignedShort(bytes) - 2;
            int start = bytes.position();
            skip(bytes, length);
            segment(marker, start, length);
        }
        if (width == 0 || height == 0 || scans == 0) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        return new PictureHeader(PictureFormat.JPEG, width, height, orientation, progressive);
    }

    private void segment(int marker, int start, int length) throws NotAPicture {
        if (isFrame(marker)) {
            frame(marker, start, length);
        } else if (marker == START_OF_SCAN) {
            scans++;
            if (scans > MAX_SCANS) {
                throw new NotAPicture(NotAPicture.Reason.UNSUPPORTED_CODING);
            }
            skipScan();
        } else if (marker == APP1 && !exifSeen && ExifOrientation.isExif(bytes, start, length)) {
            exifSeen = true;
            orientation = ExifOrientation.of(bytes.slice(start + 6, length - 6));
        }
    }

    private void frame(int marker, int start, int length) throws NotAPicture {
        if (width != 0 || length < 6) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        int precision = bytes.get(start);
        int components = bytes.get(start + 5);
        boolean readable = marker == BASELINE || marker == EXTENDED || marker == PROGRESSIVE;
        if (!readable || precision != 8 || (components != 1 && components != 3 && components != 4)) {
            throw new NotAPicture(NotAPicture.Reason.UNSUPPORTED_CODING);
        }
        height = Short.toUnsignedInt(bytes.getShort(start + 1));
        width = Short.toUnsignedInt(bytes.getShort(start + 3));
        progressive = marker == PROGRESSIVE;
        if (width == 0 || height == 0) {
            throw new NotAPicture(NotAPicture.Reason.UNSUPPORTED_CODING);
        }
    }

    /** The next marker's second byte; bytes that belong to no segment are passed over, as decoders do. */
    private int marker() {
        int value = 0;
        boolean filled = false;
        while (!filled || value == 0 || value == 0xff) {
            filled = value == 0xff;
            value = unsignedByte(bytes);
        }
        return value;
    }

    /** Leaves the position before the marker that ends the coded data. */
    private void skipScan() {
        while (true) {
            if (unsignedByte(bytes) != 0xff) {
                continue;
            }
            int next = Byte.toUnsignedInt(bytes.get(bytes.position()));
            boolean partOfTheData = next == 0 || next == 0xff || (next >= 0xd0 && next <= 0xd7);
            if (!partOfTheData) {
                bytes.position(bytes.position() - 1);
                return;
            }
        }
    }

    /** C0 to CF but for the tables and the reserved one among them. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static boolean hasNoLength(int marker) {
        return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    }
}
