package ihome;

import ihome.platform.config.BadSettings;
import ihome.platform.config.Settings;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code ./ihome doctor}: looks at all that the server needs, beside a running one or before the first start, and says what
 * is wrong with it. It changes nothing but for an object in the store of pictures, which it deletes again.
 */
final class DoctorCommand {
    private DoctorCommand() {}

    /**
     * Whether nothing has failed; warnings do not count. The findings are printed, each as soon as it is known.
     *
     * @throws BadSettings the settings cannot be used: nothing is looked at
     */
    static boolean run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        settings.check();
        List<Finding> all = new ArrayList<>();
        List<String> warnings = settings.warnings();
        show(
                warnings.isEmpty()
                        ? List.of(Finding.ok("settings", "can be used"))
                        : warnings.stream()
                                .map(text -> Finding.warning("settings", text))
                                .toList(),
                all,
                out);
        for (Check check : checks(config)) {
            show(check.findings(), all, out);
        }
        long failed = all.stream()
                .filter(finding -> finding.grade() == Finding.Grade.FAILED)
                .count();
        long warned = all.stream()
                .filter(finding -> finding.grade() == Finding.Grade.WARNING)
                .count();
        out.println(failed + " failed, " + warned + " warnings");
        return failed == 0;
    }

    private static void show(List<Finding> findings, List<Finding> all, PrintStream out) {
        findings.forEach(out::println);
        out.flush();
        all.addAll(findings);
    }

    /** A look at one thing, which must not end the others: whatever it fails with is a finding. */
    private record Check(String what, Supplier<List<Finding>> look) {
        List<Finding> findings() {
            try {
                return look.get();
            } catch (RuntimeException e) {
                String message =
                        String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                return List.of(
                        Finding.failed(what, message.isEmpty() ? e.getClass().getSimpleName() : message));
            }
        }
    }

    private static List<Check> checks(AppConfig config) {
        MachineChecks machine = new MachineChecks(config, Clock.systemUTC());
        ServiceChecks services = new ServiceChecks(config);
        URI site = config.publicUrl().orElse(URI.create("http://localhost:" + config.port()));
        return List.of(
                new Check("port", machine::ports),
                new Check("disk", machine::disk),
                new Check("memory", machine::memory),
                new Check("file handles", machine::fileHandles),
                new Check("file modes", machine::fileModes),
                new Check("certificate", machine::certificate),
                new Check("database", () -> DatabaseChecks.run(config, Clock.systemUTC())),
                new Check("redis", services::redis),
                new Check("pictures", () -> services.pictures(site)),
                new Check("sms", services::sms),
                new Check("payment", services::payment),
                new Check("backup", () -> BackupChecks.run(config, Clock.systemUTC())));
    }
}
