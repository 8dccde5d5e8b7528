package ihome;

import ihome.identity.KeyStatus;
import ihome.identity.RotateKeys;
import ihome.platform.config.Settings;
import ihome.platform.crypto.KeyId;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code ./ihome keys status|rotate}: how it stands with the identity key, and another one while the site serves. */
final class KeysCommand {
    private static final Duration NODES_MAY_TAKE = Duration.ofSeconds(60);

    private static final Set<String> TASKS = Set.of("status", "rotate");

    private KeysCommand() {}

    static void run(List<String> arguments, Map<String, String> environment) {
        run(arguments, environment, System.out);
    }

    static void run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        String what = settings.operand("what to do: status or rotate");
        if (!what.isEmpty() && !TASKS.contains(what)) {
            settings.mistake("does not know " + what + ": status or rotate");
        }
        settings.check();
        if (!TASKS.contains(what)) {
            throw new CommandFailed("keys needs to be told what to do: status or rotate");
        }
        try (CommandDatabase database = CommandDatabase.asItIs(config)) {
            if (what.equals("status")) {
                out.print(text(KeyStatus.of(database.get())));
                return;
            }
            RotateKeys rotation = new RotateKeys(
                    database.get(), config.identityKeys(), Clock.systemUTC(), NODES_MAY_TAKE, System.err::println);
            RotateKeys.Summary summary = rotation.run();
            out.printf(
                    Locale.ROOT,
                    "key %s is in force, %,d accounts encrypted anew by this run, nothing is under key %s any more%n",
                    summary.after(),
                    summary.accounts(),
                    summary.before());
            out.println(
                    summary.configured()
                            ? "Now take the old key out of IHOME_IDENTITY_KEY on every node, and restart them one by one."
                            : "The old key is in " + rotation.oldFile(summary.before()) + ".");
            out.println("Backups made before this need the old key: destroy it when you no longer keep them.");
        }
    }

    static String text(KeyStatus status) {
        StringBuilder text = new StringBuilder();
        text.append("in force  ")
                .append(status.current().map(KeyId::hex).orElse("none yet"))
                .append('\n');
        status.before()
                .ifPresent(key -> text.append("changing  from ")
                        .append(key)
                        .append(": run ./ihome keys rotate again if" + " nobody is at it\n"));
        status.accounts()
                .forEach((key, accounts) -> text.append(String.format(
                        Locale.ROOT,
                        "accounts  %,d under %s%n",
                        accounts,
                        key.isEmpty() ? "a key from before keys had ids" : key)));
        text.append(String.format(
                Locale.ROOT,
                "nodes     %d running, %d hold the key in force%n",
                status.nodes(),
                status.nodesWithCurrent()));
        return text.toString();
    }
}
