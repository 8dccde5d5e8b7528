package ihome.platform.blob;

import ihome.platform.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Which store keeps the pictures, and how to reach it: {@code IHOME_MEDIA}, {@code local} by default. */
public sealed interface MediaConfig permits MediaConfig.Local, QiniuConfig, S3Config {

    /**
     * A folder of this machine, which the application serves.
     *
     * @param folder made when it is absent
     */
    record Local(Path folder) implements MediaConfig {}

    /** Reads {@code media} and the options of every store; what the chosen one misses is a mistake. */
    static MediaConfig from(Settings settings, Path localFolder) {
        settings.section("Pictures");
        String chosen = settings.choice("media", "local", List.of("local", "qiniu", "s3"), "Where pictures are kept");
        return named(settings, chosen, "--media (IHOME_MEDIA)", localFolder);
    }

    /**
     * The store that a specification names: {@code local}, {@code qiniu} or {@code s3}, each with {@code :FOLDER} or
     * {@code :BUCKET} after it instead of the configured one.
     *
     * @param option what to call the specification in a mistake
     */
    static MediaConfig named(Settings settings, String specification, String option, Path localFolder) {
        int colon = specification.indexOf(':');
        String place = colon < 0 ? "" : specification.substring(colon + 1);
        String kind = colon < 0 ? specification : specification.substring(0, colon);
        Duration limit = settings.duration(
                "media-timeout",
                Duration.ofSeconds(10),
                Duration.ofMinutes(2),
                "Limit for one request to a remote store of pictures; what fails is tried once more");
        QiniuConfig qiniu = QiniuConfig.from(settings, kind.equals("qiniu"), kind.equals("qiniu") ? place : "", limit);
        S3Config s3 = S3Config.from(settings, kind.equals("s3"), kind.equals("s3") ? place : "", limit);
        return switch (kind) {
            case "local" ->
                new Local(place.isEmpty() ? localFolder : Path.of(place).toAbsolutePath());
            case "qiniu" -> qiniu;
            case "s3" -> s3;
            default -> {
                settings.mistake(option + " should be local, qiniu or s3");
                yield new Local(localFolder);
            }
        };
    }
}
