package ihome.cli;

import ihome.AppConfig;
import ihome.platform.config.Option;
import ihome.platform.config.Settings;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** The options of the configuration, which every command takes. */
public final class ConfigOptions {
    private ConfigOptions() {}

    /** Those of the server and of every command, with their defaults. */
    public static List<Option> all() {
        Settings settings = new Settings(List.of(), AppConfig.FLAGS, Map.of());
        AppConfig.from(settings);
        SeedCommand.options(settings, ImportCommand.pictures(settings));
        ImportCommand.city(settings);
        DemoCommand.remove(settings);
        return settings.options();
    }

    /** Tells what is odd about the options but does not stop a command. */
    public static void warn(String command, Settings settings, PrintStream err) {
        settings.warnings().forEach(warning -> err.println("ihome: " + command + " warns: " + warning));
    }
}
