package ihome.photo;

import static ihome.photo.PictureHeader.skip;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The RIFF chunks of a WebP file (RFC 9649); its size is the greatest that any part of it claims. */
final class WebpStructure {
    private static final int LOSSY = 0x20385056; // "VP8 ", little-endian as all of these
    private static final int LOSSLESS = 0x4c385056; // "VP8L"
    private static final int EXTENDED = 0x58385056; // "VP8X"
    private static final int FRAME = 0x464d4e41; // "ANMF"
    private static final int EXIF = 0x46495845; // "EXIF"
    private static final int FRAME_HEADER = 16;

    private final ByteBuffer bytes;
    private int width;
    private int height;
    private boolean data;
    private int orientation = ExifOrientation.UPRIGHT;

    WebpStructure(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    PictureHeader read() throws NotAPicture {
        long size = Integer.toUnsignedLong(bytes.getInt(4));
        if (size + 8 > bytes.limit()) {
            throw new BufferUnderflowException();
        }
        chunks(12, (int) (size + 8), false);
        if (!data || width == 0 || height == 0) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        return new PictureHeader(PictureFormat.WEBP, width, height, orientation, false);
    }

    private void chunks(int from, int to, boolean insideFrame) {
        bytes.position(from);
        while (to - bytes.position() >= 8) {
            int type = bytes.getInt();
            long length = Integer.toUnsignedLong(bytes.getInt());
            int start = bytes.position();
            if (length > to - start) {
                throw new BufferUnderflowException();
            }
            if (type == FRAME && !insideFrame) {
                require((int) length, FRAME_HEADER);
                chunks(start + FRAME_HEADER, start + (int) length, true);
            } else {
                chunk(type, start, (int) length);
            }
            bytes.position(start);
            skip(bytes, Math.min(length + (length & 1), to - start));
        }
    }

    private void chunk(int type, int start, int length) {
        switch (type) {
            case LOSSY -> {
                require(length, 10);
                data = true;
                atLeast(bytes.getShort(start + 6) & 0x3fff, bytes.getShort(start + 8) & 0x3fff);
            }
            case LOSSLESS -> {
                require(length, 5);
                data = true;
                int size = bytes.getInt(start + 1);
                atLeast((size & 0x3fff) + 1, ((size >>> 14) & 0x3fff) + 1);
            }
            case EXTENDED -> {
                require(length, 10);
                atLeast((bytes.getInt(start + 4) & 0xffffff) + 1, (bytes.getInt(start + 6) >>> 8) + 1);
            }
            case EXIF -> orientation = exif(start, length);
            default -> {}
        }
    }

    /** Some writers put the signature of JPEG's EXIF before it. */
    private int exif(int start, int length) {
        int signature = ExifOrientation.isExif(bytes, start, length) ? 6 : 0;
        return ExifOrientation.of(bytes.slice(start + signature, length - signature));
    }

    private void atLeast(int partWidth, int partHeight) {
        width = Math.max(width, partWidth);
        height = Math.max(height, partHeight);
    }

    private static void require(int length, int least) {
        if (length < least) {
            throw new BufferUnderflowException();
        }
    }
}
