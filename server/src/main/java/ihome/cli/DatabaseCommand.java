package ihome.cli;

import ihome.AppConfig;
import ihome.platform.time.SiteTime;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;

/** A command that works on the site's database, and fails as the server does where it cannot be used. */
abstract class DatabaseCommand extends ConfiguredCommand {
    private static final int LONGEST_REASON = 1_000;

    DatabaseCommand(Invocation call) {
        super(call);
    }

    /** The configuration of a command that takes a decision, whose reason is kept. */
    final AppConfig config(String reason) {
        return config(
                !reason.isBlank()
                        && reason.strip().codePointCount(0, reason.strip().length()) <= LONGEST_REASON,
                "needs --reason, of at most " + LONGEST_REASON + " characters");
    }

    /** Prints what waits for a decision. */
    final void print(List<String> lines, String todo) {
        lines.forEach(out()::println);
        out().println(lines.size() + " to " + todo);
    }

    /** Works on the site beside a running server or without one, with the schema as it is. */
    final void onSite(AppConfig config, BiConsumer<CommandDatabase, SiteTime> work) {
        try (CommandDatabase database = CommandDatabase.asItIs(config)) {
            work.accept(database, new SiteTime(Clock.systemUTC(), database.zone(config)));
        }
    }
}
