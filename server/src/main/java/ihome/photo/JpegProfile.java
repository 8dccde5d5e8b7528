package ihome.photo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An ICC profile as JPEG holds it: in numbered pieces (ICC.1:2022, annex B.4). */
final class JpegProfile {
    private static final ByteBuffer SIGNATURE = ByteBuffer.wrap("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII));

    private final SortedMap<Integer, ByteBuffer> pieces = new TreeMap<>();
    private int count;

    /** Takes the content of a segment, if it is a piece of a profile. */
    boolean add(ByteBuffer content) {
        int header = SIGNATURE.capacity() + 2;
        if (content.limit() < header || !content.slice(0, SIGNATURE.capacity()).equals(SIGNATURE)) {
            return false;
        }
        count = Byte.toUnsignedInt(content.get(header - 1));
        pieces.putIfAbsent(
                Byte.toUnsignedInt(content.get(header - 2)), content.slice(header, content.limit() - header));
        return true;
    }

    /** Null unless every piece is there. */
    @Nullable
    ByteBuffer bytes() {
        if (pieces.isEmpty() || pieces.size() != count || pieces.firstKey() != 1 || pieces.lastKey() != count) {
            return null;
        }
        ByteBuffer whole = ByteBuffer.allocate(
                pieces.values().stream().mapToInt(ByteBuffer::remaining).sum());
        pieces.values().forEach(piece -> whole.put(piece.duplicate()));
        return whole.flip();
    }
}
