package ihome;

import ihome.platform.config.Option;
import ihome.platform.config.OptionPage;
import ihome.platform.config.Settings;
import java.util.List;
import java.util.Map;

/**
 * {@code ./ihome config}: prints what {@code ./ihome run} would run with; {@code ./ihome config check}: only what was set, and
 * whether it can be used. And the pages that document the options.
 */
final class ConfigCommand {
    private ConfigCommand() {}

    static void run(List<String> arguments, Map<String, String> environment) {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, environment, ConfigCommand::options);
        AppConfig.from(settings);
        String task = settings.operandOr("");
        boolean check = task.equals("check");
        if (!check && !task.isEmpty()) {
            settings.mistake("does not know the task " + task + ", only: check");
        }
        List<Option> options = settings.options();
        System.out.print(check ? OptionPage.given(options) : OptionPage.values(options));
        System.out.flush();
        Main.warn("config", settings);
        settings.check();
        if (check) {
            long given = options.stream()
                    .filter(option -> option.source() != Option.Source.DEFAULT)
                    .count();
            System.out.println("no mistakes, " + given + " of " + options.size() + " options are set");
        }
    }

    /** Every option of every command, with its default. */
    static List<Option> options() {
        Settings settings = new Settings(List.of(), AppConfig.FLAGS, Map.of());
        AppConfig config = AppConfig.from(settings);
        SeedCommand.options(settings, ImportCommand.pictures(settings), config.zone());
        ImportCommand.city(settings);
        DemoCommand.remove(settings);
        return settings.options();
    }
}
