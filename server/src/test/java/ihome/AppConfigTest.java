package ihome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.limits.Limit;
import ihome.platform.config.BadSettings;
import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import ihome.platform.http.HttpBounds;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppConfigTest {
    private static AppConfig config(Map<String, String> environment, String... arguments) {
        Settings settings = new Settings(List.of(arguments), AppConfig.FLAGS, environment);
        AppConfig config = AppConfig.from(settings);
        settings.check();
        return config;
    }

    private static final String KEY = "s3cretAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @Test
    void aNodeAloneStopsAtOnceOneOfSeveralAfterItsGrace() {
        assertThat(config().shutdownGrace()).isEqualTo(Duration.ZERO);
        assertThat(config("--database-url", "postgres://db.test/ihome").shutdownGrace())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(config("--database-url", "postgres://db.test/ihome", "--dev").shutdownGrace())
                .isEqualTo(Duration.ZERO);
        assertThat(config("--shutdown-grace", "3s").shutdownGrace()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void boundsOfTheWebServer() {
        HttpBounds bounds =
                config("--http-concurrent", "7", "--http-queue-wait", "250ms").bounds();
        assertThat(bounds.concurrent()).isEqualTo(7);
        assertThat(bounds.queueWait()).isEqualTo(Duration.ofMillis(250));
        assertThat(bounds.uploads()).isEqualTo(HttpBounds.DEFAULT.uploads());
    }

    private static AppConfig config(String... arguments) {
        return config(Map.of(), arguments);
    }

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        AppConfig config = config();
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.publicUrl()).isEmpty();
        assertThat(config.data()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(config.databaseUrl()).isEmpty();
        assertThat(config.databasePool()).isEqualTo(16);
        assertThat(config.identityKey()).isEmpty();
        assertThat(config.zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        assertThat(config.sessionLifetime()).isEqualTo(Duration.ofDays(14));
        assertThat(config.trustedProxies()).isEmpty();
        assertThat(config.bounds()).isEqualTo(HttpBounds.DEFAULT);
        assertThat(config.dev()).isFalse();
        assertThat(config.limits().perAddress()).isTrue();
        assertThat(config.limits().max()).containsAllEntriesOf(contractLimits());
    }

    /** The figures of the API contract, "Limits". */
    private static Map<Limit, Integer> contractLimits() {
        return Map.of(
                Limit.SMS_PER_MOBILE_MINUTE, 1,
                Limit.SMS_PER_MOBILE_HOUR, 5,
                Limit.SMS_PER_MOBILE_DAY, 10,
                Limit.SMS_PER_ADDRESS, 20,
                Limit.SMS_TOTAL, 10_000,
                Limit.CAPTCHA_PER_ADDRESS, 60,
                Limit.LOGIN_PER_MOBILE_AND_ADDRESS, 5,
                Limit.LOGIN_PER_ADDRESS, 50,
                Limit.LOGIN_PER_MOBILE_FROM_STRANGERS, 20);
    }

    @Test
    void everythingCanBeTold() {
        AppConfig config = config(
                Map.of("IHOME_PORT", "9000", "IHOME_LIMIT_SMS_TOTAL", "5000", "IHOME_DEV", "true"),
                "--public-url=http://home.test",
                "--data",
                "elsewhere/../here",
                "--session-days",
                "3",
                "--trusted-proxies",
                "10.0.0.1, ::1",
                "--database-pool",
                "4");
        assertThat(config.port()).isEqualTo(9000);
        assertThat(config.publicUrl()).contains(URI.create("http://home.test"));
        assertThat(config.data()).isEqualTo(Path.of("here").toAbsolutePath());
        assertThat(AppConfig.blobs(config.data()))
                .isEqualTo(Path.of("here").toAbsolutePath().resolve("blobs"));
        assertThat(config.sessionLifetime()).isEqualTo(Duration.ofDays(3));
        assertThat(config.trustedProxies()).containsExactly("10.0.0.1", "::1");
        assertThat(config.databasePool()).isEqualTo(4);
        assertThat(config.dev()).isTrue();
        assertThat(config.limits().perAddress()).as("--dev lifts them").isFalse();
        assertThat(config.limits().max())
                .containsEntry(Limit.SMS_TOTAL, 5000)
                .containsEntry(Limit.SMS_PER_MOBILE_MINUTE, 1);
    }

    @Test
    void backupsAreScheduledWhenTold() {
        assertThat(config().backup().isScheduled()).isFalse();
        assertThat(config("--data", "/srv/data", "--backup-every", "1d")
                        .backup()
                        .folder())
                .isEqualTo(Path.of("/srv/data/backups"));
        assertThatThrownBy(() -> config("--backup-every", "59s", "--backup-keep", "0"))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("--backup-every")
                .hasMessageContaining("--backup-keep");
        assertThatThrownBy(() -> config(Map.of("IHOME_BACKUP_KEY", "short")))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("at least 32 characters");
    }

    @Test
    void developmentModeIsRefusedOnAPublicSite() {
        assertThatThrownBy(() -> config("--dev", "--public-url", "https://home.example"))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("--dev");
        assertThatThrownBy(() -> config(Map.of("IHOME_DEV", "yes", "IHOME_PUBLIC_URL", "https://home.example")))
                .isInstanceOf(BadSettings.class);
        assertThat(config("--public-url", "https://home.example").dev()).isFalse();
    }

    @Test
    void databasesOfOnesOwn() {
        assertThat(config("--database-url", "postgres://ann:b%2Bc@db.test:6543/ihome")
                        .databaseUrl()
                        .map(Secret::reveal))
                .contains("jdbc:postgresql://db.test:6543/ihome?user=ann&password=b%2Bc");
        assertThat(config(Map.of("IHOME_DATABASE_URL", "jdbc:postgresql://db.test/ihome"))
                        .databaseUrl()
                        .map(Secret::reveal))
                .contains("jdbc:postgresql://db.test/ihome");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mysql://db.test/ihome", "db.test:5432/ihome", "postgres://ann:p%zz@db.test/x", "postgres://"})
    void anotherDatabaseIsAMistakeOfUsage(String url) {
        assertThatThrownBy(() -> config("--database-url", url))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("--database-url (IHOME_DATABASE_URL) should be an address such as postgres://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/8", "proxy", "10.0.0.1;10.0.0.2"})
    void aProxyThatIsNoAddressIsAMistakeOfUsage(String proxies) {
        assertThatThrownBy(() -> config("--trusted-proxies", proxies))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("--trusted-proxies");
    }

    @Test
    void itsTextHoldsNoSecret() {
        AppConfig config = config("--database-url", "postgres://ann:s3cret@db.test/ihome", "--identity-key", KEY);
        assertThat(config.toString()).doesNotContain("s3cret").doesNotContain(KEY);
        assertThat(config.database(null).toString()).doesNotContain("s3cret");
    }
}
