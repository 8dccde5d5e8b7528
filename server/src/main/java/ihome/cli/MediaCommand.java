package ihome.cli;

import ihome.AppConfig;
import ihome.CommandFailed;
import ihome.photo.PictureCopy;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.MediaConfig;
import ihome.platform.config.Settings;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./ihome media copy --from STORE --to STORE}: brings the pictures to another store. */
@Command(
        name = "media",
        header = "copies the pictures from one store to another",
        description = """
        STORE is local, qiniu or s3; local:FOLDER, qiniu:BUCKET and s3:BUCKET name another place than the configured
        one. What accounts and houses show is copied, eight files at once; what the other store holds already in the
        same size is left alone. So a copy that was broken off goes on where it was, and a second run brings what was
        uploaded during the first. Nothing is deleted. It works whether or not a server is running.

        To move: copy, start the servers with the new IHOME_MEDIA, copy once more.
        """,
        footer = """
        Environment: the options of the stores (IHOME_QINIU_..., IHOME_S3_...) and the database: see ./ihome run --help
        """,
        exitCodeList = {"0:the other store holds everything", "1:something is missing or failed"})
final class MediaCommand extends DatabaseCommand {
    MediaCommand(Invocation call) {
        super(call);
    }

    @Command(name = "copy")
    void copy(
            @Option(names = "--from", required = true, paramLabel = "STORE", description = "local, qiniu or s3")
                    String fromStore,
            @Option(names = "--to", required = true, paramLabel = "STORE", description = "local, qiniu or s3")
                    String toStore) {
        Settings settings = settings();
        AppConfig config = AppConfig.from(settings);
        MediaConfig from = MediaConfig.named(settings, fromStore, "--from", AppConfig.blobs(config.data()));
        MediaConfig to = MediaConfig.named(settings, toStore, "--to", AppConfig.blobs(config.data()));
        if (from.equals(to)) {
            settings.mistake("--from and --to are the same store");
        }
        settings.check();
        BlobStore source = store(from);
        BlobStore target = store(to);
        try (CommandDatabase database = CommandDatabase.asItIs(config)) {
            PictureCopy.Progress end = watched(new PictureCopy(source, target), database);
            out().println(summary(end));
            if (!end.isComplete()) {
                throw new CommandFailed("not everything was copied; running it again goes on where it is"
                        + String.join(
                                "",
                                end.failures().stream()
                                        .map(line -> "\n  " + line)
                                        .toList()));
            }
        }
    }

    private PictureCopy.Progress watched(PictureCopy copy, CommandDatabase database) {
        boolean terminal = Terminal.isThere();
        long start = System.nanoTime();
        try (ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory())) {
            int seconds = terminal ? 1 : 10;
            var _ = watch.scheduleAtFixedRate(
                    () -> show(line(copy.progress(), System.nanoTime() - start), terminal),
                    seconds,
                    seconds,
                    TimeUnit.SECONDS);
            PictureCopy.Progress end = copy.run(database.get());
            watch.shutdownNow();
            show(line(end, System.nanoTime() - start), terminal);
            if (terminal) {
                err().println();
            }
            return end;
        }
    }

    private void show(String line, boolean terminal) {
        if (terminal) {
            err().print("\r" + line);
            err().flush();
        } else {
            err().println(line);
        }
    }

    private static String line(PictureCopy.Progress progress, long nanos) {
        double seconds = Math.max(0.001, nanos / 1e9);
        double rate = progress.done() / seconds;
        long left = rate > 0 ? Math.round((progress.files() - progress.done()) / rate) : 0;
        return String.format(
                Locale.ROOT,
                "media copy %3d%%  %,d of %,d files  %,.1f MB  %,.0f files/s  %d:%02d left",
                progress.files() == 0 ? 0 : 100L * progress.done() / progress.files(),
                progress.done(),
                progress.files(),
                progress.bytes() / 1e6,
                rate,
                left / 60,
                left % 60);
    }

    private static String summary(PictureCopy.Progress end) {
        return String.format(
                Locale.ROOT,
                "%,d files: %,d copied (%,.1f MB), %,d were there, %,d missing, %,d failed",
                end.files(),
                end.copied(),
                end.bytes() / 1e6,
                end.present(),
                end.missing(),
                end.failed());
    }
}
