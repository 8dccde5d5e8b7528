package ihome.cli;

import ihome.AppConfig;
import ihome.platform.config.Settings;
import java.io.PrintStream;
import java.util.List;

/** A command that takes the options of the configuration, on the command line as well. */
abstract class ConfiguredCommand {
    private final Invocation call;

    ConfiguredCommand(Invocation call) {
        this.call = call;
    }

    /** The options of the configuration that its help names, and that the shell completes. */
    List<String> mainOptions() {
        return List.of("data", "config");
    }

    /** The configuration for a command that reads more of it than {@link AppConfig} does; the caller checks it. */
    final Settings settings() {
        return call.settings();
    }

    /** @throws ihome.platform.config.BadSettings if the configuration cannot be used */
    final AppConfig config() {
        return config(true, "");
    }

    /** As {@link #config()}, with a mistake that only the command itself can see. */
    final AppConfig config(boolean holds, String mistake) {
        Settings settings = settings();
        AppConfig config = AppConfig.from(settings);
        if (!holds) {
            settings.mistake(mistake);
        }
        settings.check();
        return config;
    }

    final PrintStream out() {
        return call.out();
    }

    final PrintStream err() {
        return call.err();
    }
}
