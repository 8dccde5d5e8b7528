package ihome.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final String PLACE = "account/7/id_card";

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        java.util.Arrays.fill(key, (byte) fill);
        return key;
    }

    @Test
    void readsWhatEachOfItsKeysHasWritten() {
        KeyRing ring = new KeyRing(List.of(key(1), key(2)));
        for (int fill = 1; fill <= 2; fill++) {
            byte[] sealed = new FieldCipher(key(fill)).encrypt("王小明", PLACE);
            assertThat(ring.mayRead(sealed)).isTrue();
            assertThat(ring.decrypt(sealed, PLACE)).isEqualTo("王小明");
        }
        byte[] other = new FieldCipher(key(3)).encrypt("王小明", PLACE);
        assertThat(ring.mayRead(other)).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> ring.decrypt(other, PLACE))
                .withMessageNotContaining("王小明");
    }

    /** As the version before key ids wrote them. */
    @Test
    void readsValuesWithoutAKeyId() {
        byte[] sealed = withoutKeyId(new FieldCipher(key(1)).encrypt("x", PLACE));
        assertThat(new KeyRing(List.of(key(2), key(1))).decrypt(sealed, PLACE)).isEqualTo("x");
        assertThatIllegalStateException().isThrownBy(() -> new KeyRing(List.of(key(2))).decrypt(sealed, PLACE));
        assertThatIllegalStateException()
                .isThrownBy(() -> new KeyRing(List.of(key(1))).decrypt(sealed, "account/8/id_card"));
    }

    private static byte[] withoutKeyId(byte[] sealed) {
        return ByteBuffer.allocate(sealed.length - KeyId.BYTES)
                .put((byte) 1)
                .put(sealed, 1 + KeyId.BYTES, sealed.length - 1 - KeyId.BYTES)
                .array();
    }

    @Test
    void aKeyIsToldByTheFirstBytesOfItsCheckValue() {
        byte[] check = KeyCheck.of(key(1));
        assertThat(new FieldCipher(key(1)).keyId().hex())
                .isEqualTo(HexFormat.of().formatHex(check, 0, 4))
                .isEqualTo(KeyId.of(check).hex());
    }
}
