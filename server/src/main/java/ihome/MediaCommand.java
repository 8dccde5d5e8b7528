package ihome;

import ihome.photo.PictureCopy;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStores;
import ihome.platform.blob.MediaConfig;
import ihome.platform.config.Settings;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@code ./ihome media copy --from STORE --to STORE}: brings the pictures to another store. */
final class MediaCommand {
    private static final URI NOWHERE = URI.create("http://localhost");

    private MediaCommand() {}

    static void run(List<String> arguments, Map<String, String> environment) {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        String what = settings.operand("what to do: copy");
        if (!what.isEmpty() && !what.equals("copy")) {
            settings.mistake("does not know " + what + ": only copy");
        }
        MediaConfig from = store(settings, config, "from");
        MediaConfig to = store(settings, config, "to");
        if (from.equals(to)) {
            settings.mistake("--from and --to are the same store");
        }
        settings.check();
        BlobStore source = BlobStores.open(from, NOWHERE);
        BlobStore target = BlobStores.open(to, NOWHERE);
        try (CommandDatabase database = CommandDatabase.asItIs(config)) {
            PictureCopy.Progress end = watched(new PictureCopy(source, target), database);
            System.out.println(summary(end));
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

    private static MediaConfig store(Settings settings, AppConfig config, String option) {
        String specification = settings.text(option, "").orElse("");
        if (specification.isEmpty()) {
            settings.mistake("--" + option + " is missing: local, qiniu or s3");
            return new MediaConfig.Local(config.data().resolve(option));
        }
        return MediaConfig.named(settings, specification, "--" + option, AppConfig.blobs(config.data()));
    }

    private static PictureCopy.Progress watched(PictureCopy copy, CommandDatabase database) {
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
                System.err.println();
            }
            return end;
        }
    }

    private static void show(String line, boolean terminal) {
        if (terminal) {
            System.err.print("\r" + line);
            System.err.flush();
        } else {
            System.err.println(line);
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
