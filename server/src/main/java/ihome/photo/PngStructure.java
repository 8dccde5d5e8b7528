package ihome.photo;

import static ihome.photo.PictureHeader.skip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG file (PNG, third edition) up to its end chunk; the check sums of those that make the picture must be
 * right. A file that breaks off after its first data counts as one without its end chunk: whether the data were whole is
 * the decoder's to say.
 */
final class PngStructure {
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504c5445;
    private static final int TRNS = 0x74524e53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;
    private static final int EXIF = 0x65584966;
    private static final int ICCP = 0x69434350;
    private static final int SRGB = 0x73524742;
    private static final int GAMA = 0x67414d41;
    private static final int CHRM = 0x6348524d;
    private static final int CICP = 0x63494350;
    private static final byte[] END = HexFormat.of().parseHex("0000000049454e44ae426082");
    /** Of a profile, inflated; printers' are below 2 MB, and those of screens a few KB. */
    private static final int MAX_PROFILE_BYTES = 4 << 20;

    private final ByteBuffer bytes;
    private final List<ByteBuffer> parts = new ArrayList<>();
    private int width;
    private int height;
    private int colourType;
    private boolean data;
    private int orientation = ExifOrientation.UPRIGHT;
    private final PngColours colours = new PngColours();

    PngStructure(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    PictureHeader read() throws NotAPicture {
        skip(bytes, 8);
        parts.add(bytes.slice(0, 8));
        try {
            int type;
            do {
                type = chunk();
            } while (type != IEND);
        } catch (BufferUnderflowException | IndexOutOfBoundsException end) {
            if (!data) {
                throw end;
            }
        }
        if (!data) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        parts.add(ByteBuffer.wrap(END));
        boolean grey = colourType == 0 || colourType == 4;
        DecodingCost cost = new DecodingCost(0, 0, width * (long) height);
        return new PictureHeader(
                PictureFormat.PNG, width, height, orientation, false, cost, grey, colours.asProfile(grey), parts);
    }

    private int chunk() throws NotAPicture {
        int begin = bytes.position();
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
        if (makesThePicture) {
            parts.add(bytes.slice(begin, bytes.position() - begin));
        }
        content(type, start + 4, length);
        return type;
    }

    private void content(int type, int start, int length) throws NotAPicture {
        switch (type) {
            case IHDR -> size(start, length);
            case EXIF -> orientation = ExifOrientation.of(bytes.slice(start, length));
            case ICCP -> colours.profile(profile(start, length));
            case SRGB -> colours.srgb();
            case GAMA -> colours.gamma(bytes.slice(start, length));
            case CHRM -> colours.primaries(bytes.slice(start, length));
            case CICP -> colours.codePoints(bytes.slice(start, length));
            case IDAT -> data = true;
            default -> {}
        }
    }

    private void size(int start, int length) throws NotAPicture {
        if (length != 13 || bytes.getInt(start) <= 0 || bytes.getInt(start + 4) <= 0) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        width = bytes.getInt(start);
        height = bytes.getInt(start + 4);
        colourType = bytes.get(start + 9);
    }

    /** A name, a zero, the method of compression, which is zero, and the profile; null where it is not so. */
    private @Nullable ByteBuffer profile(int start, int length) {
        int name = 0;
        while (name < length && bytes.get(start + name) != 0) {
            name++;
        }
        int header = name + 2;
        if (header > length) {
            return null;
        }
        byte[] compressed = new byte[length - header];
        bytes.get(start + header, compressed);
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            byte[] inflated = in.readNBytes(MAX_PROFILE_BYTES + 1);
            return inflated.length > MAX_PROFILE_BYTES ? null : ByteBuffer.wrap(inflated);
        } catch (IOException damaged) {
            return null;
        }
    }

    private int checkSum(int start, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes.slice(start, 4 + length));
        return (int) crc.getValue();
    }
}
