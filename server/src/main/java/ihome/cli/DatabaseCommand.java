package ihome.cli;

import ihome.AppConfig;
import ihome.importing.PictureSink;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStores;
import ihome.platform.blob.MediaConfig;
import ihome.platform.time.SiteTime;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;

/** A command that works on the site's database, and fails as the server does where it cannot be used. */
abstract class DatabaseCommand extends ConfiguredCommand {
    /** Of the help of commands that fill the site. */
    static final String FOOTER = """
            Environment:
              IHOME_DATABASE_URL  a PostgreSQL (15 or newer) of one's own instead of the one under DIR
              IHOME_JAVA_OPTS     options for the Java virtual machine, appended to the launcher's

            In a checkout also those that find JDK and Maven: see ./ihome run --help
            """;

    private static final int LONGEST_REASON = 1_000;
    /** Commands store and read pictures; they show no address of any. */
    private static final URI NOWHERE = URI.create("http://localhost");

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

    static BlobStore store(MediaConfig media) {
        return BlobStores.open(media, NOWHERE);
    }

    /** Where placeholder pictures go. */
    static PictureSink pictures(AppConfig config) {
        BlobStore store = store(config.media());
        return (key, jpeg) -> store.put(key, jpeg, "image/jpeg");
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
