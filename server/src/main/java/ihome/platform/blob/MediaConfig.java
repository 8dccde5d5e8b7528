package ihome.platform.blob;

import ihome.platform.config.Settings;
import java.nio.file.Path;
import java.util.Locale;

/** Which store keeps the pictures, and how to reach it: {@code IHOME_MEDIA}, {@code local} by default. */
public sealed interface MediaConfig permits MediaConfig.Local, QiniuConfig, S3Config {

    /**
     * A folder of this machine, which the application serves.
     *
     * @param folder made when it is absent
     */
    record Local(Path folder) implements MediaConfig {}

    /** Reads {@code media} and the options of the store it names; the mistakes are in {@link Settings#check()}. */
    static MediaConfig from(Settings settings, Path localFolder) {
        return named(settings, settings.text("media").orElse("local"), "--media (IHOME_MEDIA)", localFolder);
    }

    /**
     * Reads the options of the store that a specification names: {@code local}, {@code qiniu} or {@code s3}, each
     * with {@code :FOLDER} or {@code :BUCKET} after it instead of the configured one.
     *
     * @param option what to call the specification in a mistake
     */
    static MediaConfig named(Settings settings, String specification, String option, Path localFolder) {
        int colon = specification.indexOf(':');
        String place = colon < 0 ? "" : specification.substring(colon + 1);
        String kind = (colon < 0 ? specification : specification.substring(0, colon)).toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "local" ->
                new Local(place.isEmpty() ? localFolder : Path.of(place).toAbsolutePath());
            case "qiniu" -> QiniuConfig.from(settings, place);
            case "s3" -> S3Config.from(settings, place);
            default -> {
                settings.mistake(option + " should be local, qiniu or s3");
                yield new Local(localFolder);
            }
        };
    }
}
