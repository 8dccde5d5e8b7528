package ihome.search.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Packs the JSON of houses: what nearly all have in common (names of properties, the beginning of a picture's address) is
 * one byte each. JSON text has no bytes below 32, so these stand for the fragments. Any JSON without line breaks comes
 * back as it was, also one that the fragments were not made for.
 */
final class HouseCardCodec {
    private static final int MOST = 31;
    /** No fragment is shorter. */
    private static final int SHORTEST = 4;

    private static final int SLOTS = 1024;
    /** Bytes before the packed text: the length of the JSON. */
    private static final int HEAD = 2;
    /** Bytes that the processor fetches at once. */
    private static final int CACHE_LINE = 64;

    private static final Pattern PROPERTY = Pattern.compile("\"?[{,]\"[a-z_]+\":\"?");
    private static final Pattern PICTURE =
            Pattern.compile("(https?://[^\"]*/[a-z]/)[0-9a-f]{2}/[0-9a-f]{32}(_[0-9]+\\.jpg)");

    /** Means nothing; without it the compiler would leave {@link #touch} out. */
    @SuppressWarnings("UnusedVariable")
    private static int touched;

    private final byte[][] fragments;

    /** By {@link #slot}: which fragments may begin like this, the longest first. */
    private final int[][] beginning = new int[SLOTS][];

    /** The bytes that fragments begin with, marked: most of a card are none of them. */
    private final boolean[] first = new boolean[256];

    private HouseCardCodec(List<byte[]> fragments) {
        this.fragments = fragments.toArray(byte[][]::new);
        for (byte[] fragment : this.fragments) {
            first[fragment[0] & 0xFF] = true;
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            int begin = slot;
            beginning[slot] = IntStream.range(0, this.fragments.length)
                    .filter(f -> slot(this.fragments[f], 0) == begin)
                    .toArray();
        }
    }

    /** Finds the fragments that are worth most in the samples. */
    static HouseCardCodec of(Collection<byte[]> samples) {
        Map<String, Integer> saved = new HashMap<>();
        for (byte[] sample : samples) {
            String text = new String(sample, StandardCharsets.UTF_8);
            PROPERTY.matcher(text).results().forEach(found -> note(saved, found, 0));
            PICTURE.matcher(text).results().forEach(found -> {
                note(saved, found, 1);
                note(saved, found, 2);
            });
        }
        return new HouseCardCodec(saved.entrySet().stream()
                .filter(entry -> entry.getKey().getBytes(StandardCharsets.UTF_8).length >= SHORTEST)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .map(entry -> entry.getKey().getBytes(StandardCharsets.UTF_8))
                .sorted(Comparator.<byte[]>comparingInt(fragment -> fragment.length)
                        .reversed())
                .toList());
    }

    private static void note(Map<String, Integer> saved, MatchResult found, int group) {
        saved.merge(found.group(group), found.group(group).length() - 1, Integer::sum);
    }

    /** @param json at most 65,535 bytes */
    byte[] pack(byte[] json) {
        if (json.length > 0xFFFF) {
            throw new IllegalStateException("a card of " + json.length + " bytes");
        }
        byte[] packed = new byte[HEAD + json.length];
        packed[0] = (byte) (json.length >> 8);
        packed[1] = (byte) json.length;
        int to = HEAD;
        for (int from = 0; from < json.length; ) {
            int fragment = first[json[from] & 0xFF] ? fragmentAt(json, from) : -1;
            if (fragment < 0) {
                packed[to++] = json[from++];
            } else {
                packed[to++] = (byte) (fragment + 1);
                from += fragments[fragment].length;
            }
        }
        return Arrays.copyOf(packed, to);
    }

    private int fragmentAt(byte[] json, int from) {
        if (json.length - from < SHORTEST) {
            return -1;
        }
        for (int f : beginning[slot(json, from)]) {
            byte[] fragment = fragments[f];
            if (fragment.length <= json.length - from
                    && Arrays.mismatch(fragment, 0, fragment.length, json, from, from + fragment.length) < 0) {
                return f;
            }
        }
        return -1;
    }

    /** By the first byte, the third and the fourth: most properties begin with the same two. */
    private static int slot(byte[] text, int at) {
        return (text[at] * 31 + text[at + 2]) * 31 + text[at + 3] & SLOTS - 1;
    }

    /** Length of the JSON. */
    static int length(byte[] packed) {
        return ((packed[0] & 0xFF) << 8) | (packed[1] & 0xFF);
    }

    /**
     * Asks for the memory that unpacking the cards of houses will read. It is scattered, and between one card and the next
     * there is so much to do that the processor would wait for each; so it waits for many at once, as in {@link Scan}.
     */
    static void touch(House[] houses) {
        int sum = 0;
        for (House house : houses) {
            byte[] packed = house.card();
            for (int i = 0; i < packed.length; i += CACHE_LINE) {
                sum += packed[i];
            }
        }
        touched = sum;
    }

    /** Writes the JSON; where it ends. */
    int unpack(byte[] packed, byte[] into, int start) {
        int to = start;
        int from = HEAD;
        while (from < packed.length) {
            int end = from;
            while (end < packed.length && !isFragment(packed[end])) {
                end++;
            }
            System.arraycopy(packed, from, into, to, end - from);
            to += end - from;
            for (; end < packed.length && isFragment(packed[end]); end++) {
                byte[] fragment = fragments[packed[end] - 1];
                System.arraycopy(fragment, 0, into, to, fragment.length);
                to += fragment.length;
            }
            from = end;
        }
        return to;
    }

    private static boolean isFragment(byte b) {
        return b > 0 && b <= MOST;
    }
}
