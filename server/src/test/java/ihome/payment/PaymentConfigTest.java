package ihome.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.platform.config.BadSettings;
import ihome.platform.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of payment: every mistake by its name, and no key by its value. */
final class PaymentConfigTest {
    private static PaymentConfig read(Map<String, String> environment) {
        Settings settings = new Settings(List.of(), Set.of(), environment);
        PaymentConfig config = PaymentConfig.from(settings, settings.url("public-url", ""));
        settings.check();
        return config;
    }

    private static Map<String, String> alipay() {
        try (AlipayService service = new AlipayService()) {
            return new HashMap<>(service.environment());
        }
    }

    @Test
    void whatAlipayMissesIsNamed() {
        assertThatExceptionOfType(BadSettings.class)
                .isThrownBy(() -> read(Map.of("IHOME_PAYMENT", "alipay")))
                .withMessageContainingAll(
                        "IHOME_ALIPAY_APP_ID",
                        "IHOME_ALIPAY_SELLER_ID",
                        "IHOME_ALIPAY_PRIVATE_KEY",
                        "IHOME_ALIPAY_PUBLIC_KEY",
                        "IHOME_PUBLIC_URL");
    }

    @Test
    void keysAreTakenAsAlipaysToolsWriteThemAndNotPrinted() {
        Map<String, String> environment = alipay();
        String key = environment.getOrDefault("IHOME_ALIPAY_PRIVATE_KEY", "");
        environment.put(
                "IHOME_ALIPAY_PRIVATE_KEY",
                "-----BEGIN PRIVATE KEY-----\n" + key.replaceAll("(.{64})", "$1\n") + "\n-----END PRIVATE KEY-----\n");
        PaymentConfig config = read(environment);
        assertThat(config).isInstanceOf(PaymentConfig.Alipay.class);
        String exponent = ((RSAPrivateKey) ((PaymentConfig.Alipay) config).privateKey())
                .getPrivateExponent()
                .toString();
        assertThat(config.toString()).doesNotContain(key).doesNotContain(exponent);
    }

    /** As Alipay's tools and OpenSSL write it: on the command line in PEM, in Base64, or in a file. */
    @Test
    void thePublicKeyIsTakenInPemOnTheCommandLineAndFromAFile(@TempDir Path folder) throws IOException {
        Map<String, String> environment = alipay();
        String bare = Objects.requireNonNull(environment.remove("IHOME_ALIPAY_PUBLIC_KEY"));
        String pem =
                "-----BEGIN PUBLIC KEY-----\n" + bare.replaceAll("(.{64})", "$1\n") + "\n-----END PUBLIC KEY-----\n";
        Path file = Files.writeString(folder.resolve("alipay.pem"), pem);
        for (String given : List.of(
                bare,
                pem,
                file.toString(),
                Files.writeString(folder.resolve("bare"), bare).toString())) {
            for (List<String> line :
                    List.of(List.of("--alipay-public-key", given), List.of("--alipay-public-key=" + given))) {
                Settings settings = new Settings(line, Set.of(), environment);
                PaymentConfig config = PaymentConfig.from(settings, settings.url("public-url", ""));
                settings.check();
                assertThat(((PaymentConfig.Alipay) config).alipayKey().getEncoded())
                        .isEqualTo(Base64.getDecoder().decode(bare));
            }
        }
    }

    /** On the command line too, although everybody can see it there, and in PEM as in Base64. */
    @Test
    void thePrivateKeyIsTakenInPemOnTheCommandLine() {
        Map<String, String> environment = alipay();
        String bare = Objects.requireNonNull(environment.remove("IHOME_ALIPAY_PRIVATE_KEY"));
        String pem = "-----BEGIN PRIVATE KEY-----\n" + bare + "\n-----END PRIVATE KEY-----";
        Settings settings = new Settings(List.of("--alipay-private-key", pem), Set.of(), environment);
        assertThat(PaymentConfig.from(settings, settings.url("public-url", "")))
                .isInstanceOf(PaymentConfig.Alipay.class);
        settings.check();
    }

    @Test
    void anythingElseIsNoKey() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair weak = generator.generateKeyPair();
        String weakKey = Base64.getEncoder().encodeToString(weak.getPrivate().getEncoded());
        for (String wrong : List.of("no key", "bm8ga2V5", weakKey)) {
            Map<String, String> environment = alipay();
            environment.put("IHOME_ALIPAY_PRIVATE_KEY", wrong);
            assertThatExceptionOfType(BadSettings.class)
                    .isThrownBy(() -> read(environment))
                    .withMessageContaining("alipay-private-key")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(wrong));
            assertThatExceptionOfType(BadSettings.class)
                    .isThrownBy(() -> read(Map.of("IHOME_CASHIER_KEY", wrong)))
                    .withMessageContaining("cashier-key");
        }
    }
}
