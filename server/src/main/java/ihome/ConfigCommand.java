package ihome;

import ihome.platform.config.Option;
import ihome.platform.config.OptionPage;
import ihome.platform.config.Settings;
import java.util.List;
import java.util.Map;

/** {@code ./ihome config}: prints what {@code ./ihome run} would run with; and the pages that document the options. */
final class ConfigCommand {
    private ConfigCommand() {}

    static void run(List<String> arguments, Map<String, String> environment) {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, environment);
        AppConfig.from(settings);
        System.out.print(OptionPage.values(settings.options()));
        System.out.flush();
        Main.warn("config", settings);
        settings.check();
    }

    /** Every option of every command, with its default. */
    static List<Option> options() {
        Settings settings = new Settings(List.of(), AppConfig.FLAGS, Map.of());
        AppConfig config = AppConfig.from(settings);
        SeedCommand.options(settings, ImportCommand.pictures(settings), config.zone());
        BackupCommand.key(settings);
        return settings.options();
    }
}
