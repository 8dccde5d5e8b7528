package ihome.photo;

import static ihome.photo.PictureHeader.skip;
import static ihome.photo.PictureHeader.unsignedByte;
import static ihome.photo.PictureHeader.unsignedShort;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments of a JPEG file (ITU-T T.81, annex B), up to its end marker; what follows that is ignored. Once every
 * scan was there, whatever breaks the structure counts as its end: whether the coded data were whole is the decoder's to say.
 */
final class JpegStructure {
    /** Cameras write about ten. */
    private static final int MAX_SCANS = 64;

    private static final int BASELINE = 0xc0;
    private static final int EXTENDED = 0xc1;
    private static final int PROGRESSIVE = 0xc2;
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;

    private final ByteBuffer bytes;
    private final List<ByteBuffer> parts = new ArrayList<>();
    private final List<ByteBuffer> profileSegments = new ArrayList<>();
    private final JpegProfile profile = new JpegProfile();
    private JpegFrame frame = JpegFrame.NONE;
    private JpegScans scans = new JpegScans(frame);
    private boolean ended;
    private int orientation = ExifOrientation.UPRIGHT;
    private boolean exifSeen;
    private boolean progressive;

    JpegStructure(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    PictureHeader read() throws NotAPicture {
        skip(bytes, 2);
        parts.add(bytes.slice(0, 2));
        try {
            while (segment()) {
                // Each keeps what it is about.
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException end) {
            if (scans.count() == 0) {
                throw end;
            }
        }
        if (scans.count() == 0 || !(ended || scans.areAllThere())) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        boolean inks = frame.components() == 4;
        if (inks && ColourProfile.isSound(profile.bytes(), 4)) {
            // The decoder converts inks itself; with a damaged profile it would refuse.
            parts.addAll(1, profileSegments);
        }
        parts.add(ByteBuffer.wrap(new byte[] {(byte) 0xff, (byte) END_OF_IMAGE}));
        return new PictureHeader(
                PictureFormat.JPEG,
                frame.width(),
                frame.height(),
                orientation,
                progressive,
                new DecodingCost(0, progressive || scans.several() ? 2 * frame.samples() : 0, scans.samples()),
                frame.components() == 1,
                inks ? null : profile.bytes(),
                parts);
    }

    /** Reads the next one; false at the end. */
    private boolean segment() throws NotAPicture {
        int marker = marker();
        int begin = bytes.position() - 2;
        if (marker == END_OF_IMAGE) {
            ended = true;
            return false;
        }
        if (marker == START_OF_IMAGE) {
            if (scans.count() > 0) {
                return false; // Another picture after one without its end marker.
            }
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        if (hasNoLength(marker)) {
            return true;
        }
        int length = unsignedShort(bytes) - 2;
        int start = bytes.position();
        skip(bytes, length);
        content(marker, start, length);
        ByteBuffer whole = bytes.slice(begin, bytes.position() - begin);
        if (marker == APP2 && profile.add(bytes.slice(start, length))) {
            profileSegments.add(whole);
        } else if (!isMetadata(marker)) {
            parts.add(whole);
        }
        return true;
    }

    private void content(int marker, int start, int length) throws NotAPicture {
        if (isFrame(marker)) {
            frame(marker, start, length);
        } else if (marker == START_OF_SCAN) {
            scan(start, length);
        } else if (marker == APP1 && !exifSeen && ExifOrientation.isExif(bytes, start, length)) {
            exifSeen = true;
            orientation = ExifOrientation.of(bytes.slice(start + 6, length - 6));
        }
    }

    private void frame(int marker, int start, int length) throws NotAPicture {
        if (frame.components() > 0 || length < 6) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        boolean readable = marker == BASELINE || marker == EXTENDED || marker == PROGRESSIVE;
        if (!readable) {
            throw new NotAPicture(NotAPicture.Reason.UNSUPPORTED_CODING);
        }
        frame = JpegFrame.of(bytes.slice(start, length));
        scans = new JpegScans(frame);
        progressive = marker == PROGRESSIVE;
    }

    private void scan(int start, int length) throws NotAPicture {
        if (frame.components() == 0) {
            throw new NotAPicture(NotAPicture.Reason.DAMAGED);
        }
        if (scans.count() == MAX_SCANS) {
            throw new NotAPicture(NotAPicture.Reason.UNSUPPORTED_CODING);
        }
        scans.add(bytes.slice(start, length));
        skipScan();
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

    /** Leaves the position before the marker that ends the coded data, or at the end of the file. */
    private void skipScan() {
        while (bytes.hasRemaining()) {
            if (unsignedByte(bytes) != 0xff) {
                continue;
            }
            if (!bytes.hasRemaining()) {
                return;
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

    /** JFIF and Adobe's segment say how colours are coded; nothing else of what applications add is needed. */
    private static boolean isMetadata(int marker) {
        boolean application = marker >= APP0 && marker <= APP15;
        return (application && marker != APP0 && marker != APP14) || marker == COMMENT;
    }

    private static boolean hasNoLength(int marker) {
        return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    }
}
