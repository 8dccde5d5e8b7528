package ihome.cli;

import ihome.identity.Audit;
import ihome.platform.time.SiteTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./ihome audit}: who has had to do with real names and identity numbers, and when. */
@Command(
        name = "audit",
        header = "prints who has had to do with identity data",
        description = """
        One line an access to real names and identity numbers, the oldest first: when, what, whose, and who did it: the owner,
        or an operator by the name he is logged in under on the machine. Owners who look at their own are on record once an
        hour. The record can only grow; what is older than three years is removed. Reading it is on record too.
        """,
        exitCodeList = {"0:done"})
final class AuditCommand extends DatabaseCommand implements Runnable {
    @Option(names = "--user", paramLabel = "ID", description = "only what was done with this account's data")
    private @Nullable Long user;

    @Option(
            names = "--since",
            paramLabel = "DAY",
            description = "only what was done from this day on, in the site's time zone (YYYY-MM-DD)")
    private @Nullable LocalDate since;

    AuditCommand(Invocation call) {
        super(call);
    }

    @Override
    public void run() {
        onSite(config(), (database, time) -> {
            Instant from = since == null ? Instant.EPOCH : time.startOf(since);
            new Audit()
                    .read(
                            database.get(),
                            Optional.ofNullable(user),
                            from,
                            time.now(),
                            entry -> out().println(text(entry, time)));
        });
    }

    static String text(Audit.Entry entry, SiteTime time) {
        return String.format(
                Locale.ROOT,
                "%s  %-16s  account %-8s  %s",
                time.format(entry.at()),
                entry.what(),
                entry.account().map(String::valueOf).orElse("all"),
                entry.who());
    }
}
