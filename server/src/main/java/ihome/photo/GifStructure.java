package ihome.photo;

import static ihome.photo.PictureHeader.skip;
import static ihome.photo.PictureHeader.unsignedByte;
import static ihome.photo.PictureHeader.unsignedShort;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The blocks of a GIF file (GIF89a) up to the end of its first frame, which is its picture; what follows is ignored,
 * whether whole or not.
 */
final class GifStructure {
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2c;
    private static final byte TRAILER = 0x3b;

    private final ByteBuffer bytes;

    GifStructure(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    PictureHeader read() throws NotAPicture {
        skip(bytes, 10);
        int flags = unsignedByte(bytes);
        skip(bytes, 2);
        skipColours(flags);
        for (int block = unsignedByte(bytes); block != FRAME; block = unsignedByte(bytes)) {
            if (block != EXTENSION) {
                throw new NotAPicture(NotAPicture.Reason.DAMAGED);
            }
            skip(bytes, 1);
            skipSubBlocks();
        }
        return frame();
    }

    private PictureHeader frame() throws NotAPicture {
        skip(bytes, 4);
        int width = unsignedShort(bytes);
        int height = unsignedShort(bytes);
        if (width == 0 || height == 0) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        skipColours(unsignedByte(bytes));
        skip(bytes, 1);
        skipSubBlocks();
        List<ByteBuffer> parts = List.of(bytes.slice(0, bytes.position()), ByteBuffer.wrap(new byte[] {TRAILER}));
        DecodingCost cost = new DecodingCost(0, 0, width * (long) height);
        return PictureHeader.plain(PictureFormat.GIF, width, height, cost, parts);
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
