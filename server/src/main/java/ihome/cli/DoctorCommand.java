package ihome.cli;

import ihome.AppConfig;
import ihome.CommandFailed;
import ihome.platform.config.Settings;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/**
 * {@code ./ihome doctor}: looks at all that the server needs, beside a running one or before the first start, and says what
 * is wrong with it. It changes nothing but for an object in the store of pictures, which it deletes again.
 */
@Command(
        name = "doctor",
        header = "looks at all that the server needs, and says what is wrong",
        description = """
        Takes the options of ./ihome run, and looks at: settings, ports, disk, memory, file handles, file modes, the
        certificate, the database (version, schema, privileges, connections, durability, clock, replication), Redis,
        the store of pictures, text messages, payment and backup. A line each: ok, skipped, warning or FAILED. It can run
        beside a server or before the first start. It sends no message and pays nothing; in a remote store of pictures
        it keeps a small object and deletes it again. The built-in database is started for the look if it is not running.
        """,
        exitCodeList = {
            "0:nothing failed, there may be warnings",
            "1:something failed",
            "2:settings that cannot be used, each on a line of its own"
        })
final class DoctorCommand extends ConfiguredCommand implements Runnable {
    DoctorCommand(Invocation call) {
        super(call);
    }

    /** The findings are printed, each as soon as it is known. Warnings are no failure. */
    @Override
    public void run() {
        Settings settings = settings();
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
                all);
        for (Check check : checks(config)) {
            show(check.findings(), all);
        }
        long failed = all.stream()
                .filter(finding -> finding.grade() == Finding.Grade.FAILED)
                .count();
        long warned = all.stream()
                .filter(finding -> finding.grade() == Finding.Grade.WARNING)
                .count();
        out().println(failed + " failed, " + warned + " warnings");
        if (failed > 0) {
            throw new CommandFailed("something is wrong, see above");
        }
    }

    private void show(List<Finding> findings, List<Finding> all) {
        findings.forEach(out()::println);
        out().flush();
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
