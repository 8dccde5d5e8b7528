package ihome.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.AppConfig;
import ihome.platform.config.Settings;
import ihome.testing.TestCertificate;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./ihome doctor} says of the dates of a certificate. */
class CertificateCheckTest {
    @TempDir
    private Path folder;

    /** Protection: the dates in MachineChecks.certificate. */
    @Test
    void aCertificateThatEnds() {
        Path certificate = folder.resolve("certificate.pem");
        TestCertificate made = TestCertificate.create(folder);
        made.write(certificate, folder.resolve("key.pem"));
        Settings settings = new Settings(
                List.of(
                        "--tls-certificate", certificate.toString(),
                        "--tls-key", folder.resolve("key.pem").toString(),
                        "--public-url", "https://localhost"),
                AppConfig.FLAGS,
                Map.of());
        AppConfig config = AppConfig.from(settings);
        X509Certificate dates = (X509Certificate) made.certificate();
        Instant begin = dates.getNotBefore().toInstant();
        Instant end = dates.getNotAfter().toInstant();
        assertThat(grade(config, end.minus(Duration.ofDays(15)))).isEqualTo(Finding.Grade.FAILED);
        assertThat(grade(config, begin)).isEqualTo(Finding.Grade.WARNING);
        assertThat(grade(config, end.plusSeconds(1))).isEqualTo(Finding.Grade.FAILED);
    }

    private static Finding.Grade grade(AppConfig config, Instant now) {
        return new MachineChecks(config, Clock.fixed(now, ZoneOffset.UTC))
                .certificate()
                .getFirst()
                .grade();
    }
}
