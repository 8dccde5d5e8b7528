package ihome.photo;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A JPEG's frame header (ITU-T T.81, B.2.2): size and components.
 *
 * @param ids of the components, by which scans name them
 * @param samplesOf each component, in the blocks that are stored, whole ones at the edges
 */
record JpegFrame(int width, int height, List<Integer> ids, List<Long> samplesOf) {
    static final JpegFrame NONE = new JpegFrame(0, 0, List.of(), List.of());

    static JpegFrame of(ByteBuffer frame) throws NotAPicture {
        int precision = frame.get(0);
        int height = Short.toUnsignedInt(frame.getShort(1));
        int width = Short.toUnsignedInt(frame.getShort(3));
        int components = frame.get(5);
        boolean readable = precision == 8 && (components == 1 || components == 3 || components == 4);
        if (!readable || width == 0 || height == 0) {
            throw new NotAPicture(NotAPicture.Reason.UNSUPPORTED_CODING);
        }
        List<Integer> ids = new ArrayList<>();
        int[] across = new int[components];
        int[] down = new int[components];
        for (int i = 0; i < components; i++) {
            ids.add(Byte.toUnsignedInt(frame.get(6 + 3 * i)));
            across[i] = (frame.get(7 + 3 * i) >> 4) & 15;
            down[i] = frame.get(7 + 3 * i) & 15;
            if (across[i] < 1 || across[i] > 4 || down[i] < 1 || down[i] > 4) {
                throw new NotAPicture(NotAPicture.Reason.DAMAGED);
            }
        }
        int most = Arrays.stream(across).max().orElseThrow();
        int deepest = Arrays.stream(down).max().orElseThrow();
        List<Long> samples = new ArrayList<>();
        for (int i = 0; i < components; i++) {
            samples.add(padded(width, across[i], most) * padded(height, down[i], deepest));
        }
        return new JpegFrame(width, height, ids, samples);
    }

    private static long padded(int length, int factor, int largest) {
        long units = Math.ceilDiv(length, 8 * largest);
        return units * factor * 8;
    }

    int components() {
        return ids.size();
    }

    long samples() {
        return samplesOf.stream().mapToLong(Long::longValue).sum();
    }

    /** Which component has the id; -1 for none. */
    int indexOf(int id) {
        return ids.indexOf(id);
    }
}
