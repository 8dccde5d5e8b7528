package ihome.cli;

import ihome.AppConfig;
import ihome.identity.KeyStatus;
import ihome.identity.RotateKeys;
import ihome.platform.crypto.KeyId;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code ./ihome keys status|rotate}: how it stands with the identity key, and another one while the site serves. */
@Command(
        name = "keys",
        header = "tells and changes the key of real names and identity numbers",
        description = """
        status prints the id of the key in force, how many accounts are under which key, and how many running nodes hold it.

        rotate puts another key in force while the site serves, and encrypts everything anew with it. It waits until every
        running node holds the new key, at most a minute. It may be cut off at any moment: run again, it goes on. At the end
        nothing is under the old key any more; only backups made before need it.

        The key is in DATA/identity.key: rotate makes the new one there, and leaves the old one in identity.key.old-ID.
        The key is in IHOME_IDENTITY_KEY: make a new one (openssl rand -base64 32); restart the nodes one by one with
        IHOME_IDENTITY_KEY=OLD,NEW; run rotate with the same; restart them one by one with NEW alone.
        """,
        exitCodeList = {"0:done"})
final class KeysCommand extends DatabaseCommand {
    private static final Duration NODES_MAY_TAKE = Duration.ofSeconds(60);

    KeysCommand(Invocation call) {
        super(call);
    }

    @Command(name = "status")
    void status() {
        onSite(config(), (database, _) -> out().print(text(KeyStatus.of(database.get()))));
    }

    @Command(name = "rotate")
    void rotate() {
        AppConfig config = config();
        onSite(config, (database, _) -> {
            RotateKeys rotation = new RotateKeys(
                    database.get(), config.identityKeys(), Clock.systemUTC(), NODES_MAY_TAKE, err()::println);
            RotateKeys.Summary summary = rotation.run();
            out().printf(
                            Locale.ROOT,
                            "key %s is in force, %,d accounts encrypted anew by this run, nothing is under key %s any more%n",
                            summary.after(),
                            summary.accounts(),
                            summary.before());
            out().println(
                            summary.configured()
                                    ? "Now take the old key out of IHOME_IDENTITY_KEY on every node, and restart them one by one."
                                    : "The old key is in " + rotation.oldFile(summary.before()) + ".");
            out().println("Backups made before this need the old key: destroy it when you no longer keep them.");
        });
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
