package ihome;

import ihome.ledger.LedgerCheck;
import ihome.platform.config.Settings;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** {@code ./ihome ledger check}: holds the ledger against the orders, beside a running server or without one. */
final class LedgerCommand {
    private LedgerCommand() {}

    /** True when the books are sound; what was found is printed. */
    static boolean run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        String task = settings.operand("what to do: check");
        if (!task.isEmpty() && !task.equals("check")) {
            settings.mistake("does not know the task " + task + ", only: check");
        }
        settings.check();
        try (CommandDatabase database = CommandDatabase.asItIs(config)) {
            LedgerCheck.Report report = LedgerCheck.run(database.get());
            report.findings().forEach(out::println);
            out.println(report.postings() + " postings, balances in fen " + report.balances() + ", "
                    + (report.isSound() ? "sound" : report.findings().size() + " findings"));
            return report.isSound();
        }
    }
}
