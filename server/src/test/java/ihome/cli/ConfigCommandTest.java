package ihome.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.LogLevels;
import ihome.platform.config.Option;
import ihome.testing.NodeProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ihome config check}, as a process of its own. */
class ConfigCommandTest {
    @TempDir
    private Path folder;

    private record Said(int code, List<String> lines) {}

    private Said config(String file, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        Path config = Files.writeString(folder.resolve("ihome.yaml"), file);
        List<String> command = new ArrayList<>(List.of("config"));
        command.addAll(List.of(words));
        command.addAll(List.of("--config", config.toString()));
        Process program = NodeProcess.command(environment, command.toArray(String[]::new));
        String text = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(
                program.waitFor(),
                text.replace(folder + "/", "")
                        .lines()
                        .map(line -> line.replaceAll(" +", " "))
                        .filter(line -> !line.contains("limit-"))
                        .toList());
    }

    @Test
    void itSaysWhereEachValueComesFrom() throws Exception {
        Said said = config(
                "port: 81\nhost: 0.0.0.0\ntrusted-proxies: [10.0.0.0/8]\n",
                Map.of("IHOME_PORT", "82", "IHOME_BACKUP_KEY", "x".repeat(32)),
                "check",
                "--log-level=ihome.http=debug");
        assertThat(said.lines().getLast()).matches("no mistakes, \\d+ of \\d+ options are set");
        assertThat(said.lines())
                .contains(
                        "host: 0.0.0.0 # ihome.yaml, line 2",
                        "port: 82 # environment, in place of ihome.yaml, line 1",
                        "trusted-proxies: 10.0.0.0/8 # ihome.yaml, line 3",
                        "cashier-key: <set> # environment",
                        "log-level: ihome.http=debug # command line")
                .noneMatch(line -> line.startsWith("zone"));
        assertThat(said.code()).isZero();
    }

    @Test
    void itSaysAllMistakesAtOnce() throws Exception {
        Said said = config(
                "port: many\nzome: UTC\nlog-level: loud\n",
                Map.of("IHOME_FEE_PERCENT", "101"),
                "check",
                "--metrics-age=1y");
        assertThat(said.lines())
                .contains(
                        "ihome: config --port (IHOME_PORT) should be a number from 0 to 65535 (ihome.yaml, line 1)",
                        "ihome: config does not know zome, did you mean zone? (ihome.yaml, line 2)",
                        "ihome: config --log-level (IHOME_LOG_LEVEL) should be " + LogLevels.FORM
                                + " (ihome.yaml, line 3)",
                        "ihome: config --fee-percent (IHOME_FEE_PERCENT) should be a number from 0 to 100",
                        "ihome: config --metrics-age (IHOME_METRICS_AGE) should be a time such as 500ms, 10s, 5m, 1h or"
                                + " 14d, at most 1m");
        assertThat(said.code()).isEqualTo(2);
        assertThat(config("", Map.of(), "chekc").code()).isEqualTo(2);
    }

    /** What looks like a secret by its name is one, with a file to give it in; the exceptions are not secret. */
    @Test
    void everySecretMayBeGivenInAFile() {
        assertThat(ConfigOptions.all())
                .filteredOn(option -> option.name().matches(".*(key|secret|token|password).*"))
                .filteredOn(option -> !option.name().startsWith("limit-") && option.kind() != Option.Kind.SECRET)
                .extracting(Option::name)
                .containsExactlyInAnyOrder(
                        "alipay-public-key",
                        "qiniu-access-key",
                        "s3-access-key",
                        "aliyun-access-key-id",
                        // The name of a file.
                        "tls-key");
    }
}
