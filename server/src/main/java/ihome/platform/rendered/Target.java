package ihome.platform.rendered;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A request target, path and query, as its bytes stand in the request line. One that is kept never changes; a connection
 * has one that it points at each request in turn, so that looking up makes nothing.
 */
final class Target {
    /** Not to be guessed from outside: nobody can send many targets that fall together. */
    private static final int SEED = ThreadLocalRandom.current().nextInt() | 1;

    private byte[] bytes;
    private int from;
    private int to;
    private int hash;

    Target() {
        this.bytes = new byte[0];
    }

    static Target of(String text) {
        Target target = new Target();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        target.pointAt(bytes, 0, bytes.length);
        return target;
    }

    /** Means that part of the array from now on. */
    void pointAt(byte[] array, int start, int end) {
        bytes = array;
        from = start;
        to = end;
        int sum = SEED;
        for (int i = start; i < end; i++) {
            sum = (sum ^ array[i]) * 0x01000193 + SEED;
        }
        hash = sum ^ (sum >>> 15);
    }

    int length() {
        return to - from;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target that
                && that.hash == hash
                && Arrays.equals(bytes, from, to, that.bytes, that.from, that.to);
    }

    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
