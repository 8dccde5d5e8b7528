package ihome.photo;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What the scan headers of a JPEG (ITU-T T.81, B.2.3) say together. */
final class JpegScans {
    private final JpegFrame frame;
    /** For each component a bit for every coefficient that is known to its last bit. */
    private final long[] known;

    private int count;
    private long samples;
    private boolean several;

    JpegScans(JpegFrame frame) {
        this.frame = frame;
        this.known = new long[frame.components()];
    }

    /** @param scan the content of a scan's header */
    void add(ByteBuffer scan) {
        int components = scan.get(0);
        int parameters = 1 + 2 * components;
        int first = Math.clamp(scan.get(parameters), 0, 63);
        int last = Math.clamp(scan.get(parameters + 1), first, 63);
        boolean toTheLastBit = (scan.get(parameters + 2) & 15) == 0;
        for (int i = 0; i < components; i++) {
            int component = frame.indexOf(Byte.toUnsignedInt(scan.get(1 + 2 * i)));
            if (component >= 0) {
                samples += frame.samplesOf().get(component);
                known[component] |= toTheLastBit ? (-1L >>> (63 - last + first)) << first : 0;
            }
        }
        count++;
        several |= count > 1 || components < frame.components();
    }

    int count() {
        return count;
    }

    /** Each scan visits every sample of its components. */
    long samples() {
        return samples;
    }

    /** Whether the picture is whole only when more than one was read, so that a decoder holds its coefficients. */
    boolean several() {
        return several;
    }

    /** Whether none is missing. */
    boolean areAllThere() {
        return Arrays.stream(known).allMatch(bits -> bits == -1L);
    }
}
