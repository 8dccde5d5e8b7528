package ihome.cli;

import ihome.AppConfig;
import ihome.platform.config.Option;
import ihome.platform.config.OptionPage;
import ihome.platform.config.Settings;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * {@code ./ihome config}: prints what {@code ./ihome run} would run with; {@code ./ihome config check}: only what was set, and
 * whether it can be used.
 */
@Command(
        name = "config",
        header = "prints or checks what the server would run with; with --help, every option",
        description = """
        Prints the effective value of every option and where it comes from, secrets as <set>; with check
        only of those that are set, and what they are used in place of. An option on the command line wins
        over its environment variable, and that over the file that --config names, which is YAML with the
        options as keys (port: 8080). A secret may be given as the name of a file that holds it: in the
        variable ending in _FILE, or in the option or key ending in -file.
        """,
        exitCodeList = {"0:no mistakes", "2:mistakes, each on a line of its own"})
final class ConfigCommand extends ConfiguredCommand implements Runnable {
    ConfigCommand(Invocation call) {
        super(call);
    }

    @Override
    List<String> mainOptions() {
        return List.of("config");
    }

    @Override
    public void run() {
        Settings settings = settings();
        AppConfig.from(settings);
        out().print(OptionPage.values(settings.options()));
        finish(settings);
    }

    @Command(name = "check")
    void check() {
        Settings settings = settings();
        AppConfig.from(settings);
        List<Option> options = settings.options();
        out().print(OptionPage.given(options));
        finish(settings);
        long given = options.stream()
                .filter(option -> option.source() != Option.Source.DEFAULT)
                .count();
        out().println("no mistakes, " + given + " of " + options.size() + " options are set");
    }

    private void finish(Settings settings) {
        out().flush();
        ConfigOptions.warn("config", settings, err());
        settings.check();
    }
}
