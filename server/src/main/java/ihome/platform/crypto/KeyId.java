package ihome.platform.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The first bytes of a key's {@link KeyCheck}: enough to find the key of a value by, and told to anybody who asks.
 *
 * @param hex eight hexadecimal digits
 */
public record KeyId(String hex) {
    static final int BYTES = 4;

    /**
     * The id that a value begins with.
     *
     * @param check the key's check value, or anything that begins with a key's id
     */
    public static KeyId of(byte[] check) {
        return new KeyId(HexFormat.of().formatHex(Arrays.copyOf(check, BYTES)));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
