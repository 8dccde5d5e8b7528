package ihome.photo;

import static ihome.photo.PictureHeader.skip;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The RIFF chunks of a WebP file (RFC 9649); its size is the greatest that any part of it claims, and of an animation
 * only the first frame counts. A file that breaks off after its picture is taken, as browsers do.
 */
final class WebpStructure {
    private static final int LOSSY = 0x20385056; // "VP8 ", little-endian as all of these
    private static final int LOSSLESS = 0x4c385056; // "VP8L"
    private static final int EXTENDED = 0x58385056; // "VP8X"
    private static final int ALPHA = 0x48504c41; // "ALPH"
    private static final int ANIMATION = 0x4d494e41; // "ANIM"
    private static final int FRAME = 0x464d4e41; // "ANMF"
    private static final int EXIF = 0x46495845; // "EXIF"
    private static final int PROFILE = 0x50434349; // "ICCP"
    private static final int FRAME_HEADER = 16;
    /** Of the extended header: ICC profile, EXIF and XMP, which the decoder does not get. */
    private static final int METADATA_FLAGS = 0x20 | 0x08 | 0x04;

    private final ByteBuffer bytes;
    private final List<ByteBuffer> parts = new ArrayList<>();
    private int width;
    private int height;
    private boolean data;
    private int orientation = ExifOrientation.UPRIGHT;
    private @Nullable ByteBuffer profile;
    private DecodingCost.Range lossy = DecodingCost.Range.NONE;

    WebpStructure(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    PictureHeader read() throws NotAPicture {
        long end = Math.min(Integer.toUnsignedLong(bytes.getInt(4)) + 8, bytes.limit());
        try {
            chunks(12, (int) end, null);
        } catch (BufferUnderflowException | IndexOutOfBoundsException breaksOff) {
            if (!data) {
                throw breaksOff;
            }
        }
        if (!data || width == 0 || height == 0) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        parts.addFirst(riffHeader(parts.stream().mapToInt(ByteBuffer::remaining).sum()));
        long pixels = width * (long) height;
        DecodingCost cost = new DecodingCost(4 * pixels, 0, pixels, lossy);
        return new PictureHeader(PictureFormat.WEBP, width, height, orientation, false, cost, false, profile, parts);
    }

    private static ByteBuffer riffHeader(int length) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(4 + length)
                .put("WEBP".getBytes(StandardCharsets.US_ASCII))
                .flip();
    }

    /** @param frame where the frame that these are in begins in the file; null for none */
    private void chunks(int from, int to, @Nullable Integer frame) {
        bytes.position(from);
        while (to - bytes.position() >= 8) {
            int begin = bytes.position();
            int type = bytes.getInt();
            long length = Integer.toUnsignedLong(bytes.getInt());
            int start = bytes.position();
            if (length > to - start) {
                throw new BufferUnderflowException();
            }
            if (type == LOSSY && !data) {
                long offset = keptSoFar() + start - (frame == null ? begin : frame);
                lossy = new DecodingCost.Range(offset, offset + length);
            }
            boolean needed;
            if (type == FRAME && frame == null) {
                needed = !data;
                require((int) length, FRAME_HEADER);
                chunks(start + FRAME_HEADER, start + (int) length, begin);
            } else {
                needed = chunk(type, start, (int) length);
            }
            if (needed && frame == null) {
                keep(type, begin, start, (int) length);
            }
            bytes.position(start);
            skip(bytes, Math.min(length + (length & 1), to - start));
        }
    }

    private long keptSoFar() {
        return 12 + parts.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    private void keep(int type, int begin, int start, int length) {
        ByteBuffer chunk = ByteBuffer.allocate(8 + length + (length & 1));
        chunk.put(bytes.slice(begin, 8 + length)).rewind();
        if (type == EXTENDED) {
            chunk.put(8, (byte) (bytes.get(start) & ~METADATA_FLAGS));
        }
        parts.add(chunk);
    }

    /** Looks at one; whether the decoder needs it. */
    private boolean chunk(int type, int start, int length) {
        switch (type) {
            case LOSSY -> {
                require(length, 10);
                data = true;
                atLeast(bytes.getShort(start + 6) & 0x3fff, bytes.getShort(start + 8) & 0x3fff);
                return true;
            }
            case LOSSLESS -> {
                require(length, 5);
                data = true;
                int size = bytes.getInt(start + 1);
                atLeast((size & 0x3fff) + 1, ((size >>> 14) & 0x3fff) + 1);
                return true;
            }
            case EXTENDED -> {
                require(length, 10);
                atLeast((bytes.getInt(start + 4) & 0xffffff) + 1, (bytes.getInt(start + 6) >>> 8) + 1);
                return true;
            }
            case EXIF -> orientation = exif(start, length);
            case PROFILE -> profile = bytes.slice(start, length);
            default -> {
                return type == ALPHA || type == ANIMATION;
            }
        }
        return false;
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
