package ihome.photo;

import static ihome.photo.PictureHeader.skip;
import static ihome.photo.PictureHeader.unsignedByte;
import static ihome.photo.PictureHeader.unsignedShort;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The blocks of a GIF file (GIF89a) up to its trailer; its size is that of the first frame. */
final class GifStructure {
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2c;
    private static final int TRAILER = 0x3b;

    private final ByteBuffer bytes;
    private int width;
    private int height;

    GifStructure(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    PictureHeader read() throws NotAPicture {
        skip(bytes, 10);
        int flags = unsignedByte(bytes);
        skip(bytes, 2);
        skipColours(flags);
        for (int block = unsignedByte(bytes); block != TRAILER; block = unsignedByte(bytes)) {
            switch (block) {
                case EXTENSION -> {
                    skip(bytes, 1);
                    skipSubBlocks();
                }
                case FRAME -> frame();
                default -> throw new NotAPicture(NotAPicture.Reason.DAMAGED);
            }
        }
        if (width == 0 || height == 0) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        return new PictureHeader(PictureFormat.GIF, width, height, ExifOrientation.UPRIGHT, false);
    }

    private void frame() {
        skip(bytes, 4);
        int frameWidth = unsignedShort(bytes);
        int frameHeight = unsignedShort(bytes);
        if (width == 0) {
            width = frameWidth;
            height = frameHeight;
        }
        skipColours(unsignedByte(bytes));
        skip(bytes, 1);
        skipSubBlocks();
    }

    private void skipColours(int flags) {
        if ((flags & 0x80) != 0) {
            skip(bytes, 3L << ((flags & 7) + 1));
        }
    }

    private void skipSubBlocks() {
        for (int length = unsignedByte(bytes); length != 0; length = unsignedByte(bytes)) {
            skip(bytes, length);
        }
    }
}
