package ihome.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldCipherTest {
    private static final String CANARY = "110101199003077758";
    private static final String PLACE = "account/7/id_card";

    private final FieldCipher cipher = new FieldCipher(randomKey());

    private static byte[] randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    @ParameterizedTest
    @ValueSource(strings = {CANARY, "", "王小明", "𠮷田", "a\u0000b"})
    void whatWasEncryptedComesBack(String plain) {
        assertThat(cipher.decrypt(cipher.encrypt(plain, PLACE), PLACE)).isEqualTo(plain);
    }

    @Test
    void thePlainTextIsNotInTheCiphertext() {
        assertThat(new String(cipher.encrypt(CANARY, PLACE), StandardCharsets.ISO_8859_1))
                .doesNotContain(CANARY.substring(0, 6), CANARY.substring(6, 14), CANARY.substring(14));
    }

    @Test
    void theSameTextLooksDifferentEachTime() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] sealed = cipher.encrypt(CANARY, PLACE);
            assertThat(seen.add(new String(Arrays.copyOfRange(sealed, 5, 17), StandardCharsets.ISO_8859_1)))
                    .as("a nonce came twice")
                    .isTrue();
        }
    }

    @Test
    void anyBitThatIsAlteredIsNoticed() {
        byte[] sealed = cipher.encrypt(CANARY, PLACE);
        for (int i = 0; i < sealed.length * 8; i++) {
            byte[] altered = sealed.clone();
            altered[i / 8] ^= (byte) (1 << (i % 8));
            assertThatIllegalStateException().as("bit %d", i).isThrownBy(() -> cipher.decrypt(altered, PLACE));
        }
    }

    @Test
    void whatWasCutOffIsNoticed() {
        byte[] sealed = cipher.encrypt(CANARY, PLACE);
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatIllegalStateException().as("%d bytes", length).isThrownBy(() -> cipher.decrypt(cut, PLACE));
        }
        byte[] longer = Arrays.copyOf(sealed, sealed.length + 1);
        assertThatIllegalStateException().isThrownBy(() -> cipher.decrypt(longer, PLACE));
    }

    @Test
    void aValueDoesNotOpenInAnotherPlace() {
        byte[] sealed = cipher.encrypt(CANARY, PLACE);
        assertThatIllegalStateException().isThrownBy(() -> cipher.decrypt(sealed, "account/8/id_card"));
        assertThatIllegalStateException().isThrownBy(() -> cipher.decrypt(sealed, "account/7/real_name"));
    }

    @Test
    void aValueDoesNotOpenWithAnotherKey() {
        byte[] sealed = cipher.encrypt(CANARY, PLACE);
        FieldCipher other = new FieldCipher(randomKey());
        assertThatIllegalStateException()
                .isThrownBy(() -> other.decrypt(sealed, PLACE))
                .withMessageContaining("identity.key")
                .withMessageNotContaining(CANARY)
                .withNoCause();
    }

    @Test
    void keysHave32Bytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FieldCipher(new byte[16]));
        assertThatIllegalArgumentException().isThrownBy(() -> new FieldCipher(new byte[0]));
    }
}
