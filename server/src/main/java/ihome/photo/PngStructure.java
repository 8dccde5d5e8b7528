package ihome.photo;

import static ihome.photo.PictureHeader.skip;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The chunks of a PNG file up to its end chunk; the check sums of those that make the picture must be right. */
final class PngStructure {
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504c5445;
    private static final int TRNS = 0x74524e53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;
    private static final int EXIF = 0x65584966;

    private final ByteBuffer bytes;
    private int width;
    private int height;
    private boolean data;
    private int orientation = ExifOrientation.UPRIGHT;

    PngStructure(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    PictureHeader read() throws NotAPicture {
        skip(bytes, 8);
        int type;
        do {
            type = chunk();
        } while (type != IEND);
        if (!data) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        return new PictureHeader(PictureFormat.PNG, width, height, orientation, false);
    }

    private int chunk() throws NotAPicture {
        int length = bytes.getInt();
        int start = bytes.position();
        int type = bytes.getInt();
        skip(bytes, length);
        int sum = bytes.getInt();
        boolean first = start == 12;
        boolean makesThePicture = type == IHDR || type == PLTE || type == TRNS || type == IDAT;
        if (first != (type == IHDR) || (makesThePicture && sum != checkSum(start, length))) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        if (type == IHDR) {
            size(start + 4, length);
        } else if (type == EXIF) {
            orientation = ExifOrientation.of(bytes.slice(start + 4, length));
        } else if (type == IDAT) {
            data = true;
        }
        return type;
    }

    private void size(int start, int length) throws NotAPicture {
        if (length != 13 || bytes.getInt(start) <= 0 || bytes.getInt(start + 4) <= 0) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        width = bytes.getInt(start);
        height = bytes.getInt(start + 4);
    }

    private int checkSum(int start, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes.slice(start, 4 + length));
        return (int) crc.getValue();
    }
}
