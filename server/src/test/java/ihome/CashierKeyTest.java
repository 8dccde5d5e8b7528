package ihome;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.payment.WrongCashierKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes of one site, whose cashiers have to sign with one key. */
final class CashierKeyTest {
    private static String key() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    }

    /** Protection: Cashier.checkKey; without it both are ready, and half of the payments are lost. */
    @Test
    void aNodeWithAnotherKeyDoesNotStart() throws GeneralSecurityException {
        try (TestServer first = TestServer.start(Map.of("IHOME_CASHIER_KEY", key()))) {
            first.anotherNode().close();
            Map<String, String> other = Map.of("IHOME_CASHIER_KEY", key());
            assertThatThrownBy(() -> first.anotherNode(other)).isInstanceOf(WrongCashierKey.class);
        }
    }

    /** Protection: the same; the second node would make a key of its own. */
    @Test
    void aNodeWithoutTheSitesKeyDoesNotStart() {
        try (TestServer first = TestServer.start()) {
            first.anotherNode().close();
            first.sql("insert into cashier_key_check (check_value) values ('\\x00')");
            assertThatThrownBy(first::anotherNode).isInstanceOf(WrongCashierKey.class);
        }
    }
}
