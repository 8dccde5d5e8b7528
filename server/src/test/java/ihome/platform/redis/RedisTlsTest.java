package ihome.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.config.BadSettings;
import ihome.platform.config.Settings;
import ihome.platform.problem.Unavailable;
import ihome.testing.Await;
import ihome.testing.FreePorts;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis that speaks TLS, with an authority that Java does not know. */
@Tag("slow")
class RedisTlsTest {
    @TempDir
    private static Path folder;

    private static TestCertificates certificates;
    private static Path ours;
    private static Path ourKey;
    private static int open;
    private static int closed;
    private static int misnamed;
    private static final List<TestRedis> SERVERS = new java.util.ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        certificates = new TestCertificates(folder);
        ours = certificates.certificate("ihome", "dns:ihome.test");
        ourKey = certificates.key("ihome");
        Path server = certificates.certificate("server", "dns:localhost,ip:127.0.0.1");
        Path other = certificates.certificate("other", "dns:redis.test");
        open = server(server, certificates.key("server"), "no");
        closed = server(server, certificates.key("server"), "yes");
        misnamed = server(other, certificates.key("other"), "no");
    }

    private static int server(Path certificate, Path key, String clientsNeedOne) {
        int port = FreePorts.next();
        SERVERS.add(TestRedis.start(List.of(
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-ca-cert-file",
                certificates.authority().toString(),
                "--tls-auth-clients",
                clientsNeedOne)));
        return port;
    }

    @AfterAll
    static void stop() {
        SERVERS.forEach(TestRedis::close);
    }

    private static RedisConfig config(int port, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("IHOME_REDIS_URL", "rediss://127.0.0.1:" + port);
        Settings settings = new Settings(List.of(), Set.of(), environment);
        RedisConfig config = RedisConfig.from(settings).orElseThrow();
        settings.check();
        return config;
    }

    private static boolean reaches(int port, Map<String, String> options) {
        try (Redis redis = new Redis(config(port, options), new PrometheusRegistry())) {
            redis.call(client -> client.set("who", "ihome"));
            return "ihome".equals(redis.<String>call(client -> client.get("who")));
        } catch (Unavailable e) {
            return false;
        }
    }

    /** Its first connection has less than a second, in which a slow machine has not loaded the classes of TLS. */
    private static void awaitReached(int port, Map<String, String> options) {
        Await.until("Redis is reached", () -> reaches(port, options));
    }

    @Test
    void theAuthorityOfTheConfigurationIsTrustedAndJavasIsNot() {
        awaitReached(open, Map.of("IHOME_REDIS_CA", certificates.authority().toString()));
        assertThat(reaches(open, Map.of()))
                .as("an authority that Java does not know")
                .isFalse();
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        assertThat(reaches(
                        misnamed,
                        Map.of("IHOME_REDIS_CA", certificates.authority().toString())))
                .isFalse();
    }

    @Test
    void aServerThatWantsACertificateGetsOurs() {
        Map<String, String> nameless =
                Map.of("IHOME_REDIS_CA", certificates.authority().toString());
        assertThat(reaches(closed, nameless)).isFalse();
        Map<String, String> named = new HashMap<>(nameless);
        named.put("IHOME_REDIS_CERTIFICATE", ours.toString());
        named.put("IHOME_REDIS_KEY_FILE", ourKey.toString());
        awaitReached(closed, named);
    }

    @Test
    void whatCannotBeUsedIsSaidAtTheStart() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing here");
        for (Map<String, String> wrong : List.of(
                Map.of("IHOME_REDIS_CA", folder.resolve("absent.pem").toString()),
                Map.of("IHOME_REDIS_CA", empty.toString()),
                Map.of("IHOME_REDIS_CERTIFICATE", ours.toString()),
                Map.of("IHOME_REDIS_KEY_FILE", ourKey.toString()),
                Map.of("IHOME_REDIS_CERTIFICATE", ours.toString(), "IHOME_REDIS_KEY", "no key"))) {
            assertThatThrownBy(() -> config(open, wrong))
                    .isInstanceOf(BadSettings.class)
                    .hasMessageContaining("--redis-");
        }
    }
}
