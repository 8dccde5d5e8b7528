package ihome.photo;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a picture file says of itself, read by walking its whole structure without decoding a pixel.
 *
 * <p>A file whose picture breaks off is refused here: decoders paint what is missing grey and call it a success. A file
 * that lacks only its end marker is taken, as browsers do: some phones write none.
 *
 * @param width as stored, before turning; in pixels
 * @param height as stored, before turning; in pixels
 * @param orientation EXIF orientation, 1 to 8
 * @param progressive a JPEG of the progressive coding
 * @param cost what decoding takes at most
 * @param grey whether its pixels have one component, perhaps with alpha
 * @param profile the ICC profile of a picture in RGB or grey as the file holds it, sound or not; null for none
 * @param parts what the decoder is given, in order: slices of the upload, and an end marker. Metadata is not among them
 */
record PictureHeader(
        PictureFormat format,
        int width,
        int height,
        int orientation,
        boolean progressive,
        DecodingCost cost,
        boolean grey,
        @Nullable ByteBuffer profile,
        List<ByteBuffer> parts) {

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

    /** A picture of a format that has one coding, upright and in sRGB. */
    static PictureHeader plain(PictureFormat format, int width, int height, DecodingCost cost, List<ByteBuffer> parts) {
        return new PictureHeader(format, width, height, ExifOrientation.UPRIGHT, false, cost, false, null, parts);
    }

    /** The file without what is not needed for its pixels, and with an end marker. */
    byte[] decodable() {
        int length = parts.stream().mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer file = ByteBuffer.allocate(length);
        parts.forEach(part -> file.put(part.duplicate()));
        return file.array();
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
