package ihome.photo;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What a picture file says of itself, read by walking its whole structure without decoding a pixel. A file whose
 * structure breaks off is refused here: decoders paint what is missing grey and call it a success.
 *
 * @param width as stored, before turning; in pixels
 * @param height as stored, before turning; in pixels
 * @param orientation EXIF orientation, 1 to 8
 * @param progressive a JPEG in several scans, which its decoder holds in memory as a whole
 */
record PictureHeader(PictureFormat format, int width, int height, int orientation, boolean progressive) {

    static PictureHeader of(byte[] file) throws NotAPicture {
        PictureFormat format = PictureFormat.of(file);
        ByteBuffer bytes = ByteBuffer.wrap(file);
        try {
            return switch (format) {
                case JPEG -> new JpegStructure(bytes).read();
                case PNG -> new PngStructure(bytes).read();
                case GIF -> new GifStructure(bytes).read();
                case WEBP -> new WebpStructure(bytes).read();
            };
        } catch (BufferUnderflowException | IndexOutOfBoundsException breaksOff) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED, breaksOff);
        }
    }

    /** Moves on, or {@link BufferUnderflowException} where the file is shorter than it claims. */
    static void skip(ByteBuffer bytes, long count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        bytes.position(bytes.position() + (int) count);
    }

    static int unsignedByte(ByteBuffer bytes) {
        return Byte.toUnsignedInt(bytes.get());
    }

    static int unsignedShort(ByteBuffer bytes) {
        return Short.toUnsignedInt(bytes.getShort());
    }
}
