package ihome.cli;

import ihome.AppConfig;
import ihome.platform.config.Settings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command on its way: what it was given, and where it writes.
 *
 * @param configuration the options of the configuration on the command line, as {@link Settings} takes them
 * @param mistakes what is wrong with the command's own options and parameters
 */
record Invocation(
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        List<String> configuration,
        List<String> mistakes) {
    Invocation(Map<String, String> environment, PrintStream out, PrintStream err) {
        this(environment, out, err, new ArrayList<>(), new ArrayList<>());
    }

    /** The configuration, with the mistakes there are so far. */
    Settings settings() {
        Settings settings = new Settings(configuration, AppConfig.FLAGS, environment, ConfigOptions::all);
        mistakes.forEach(settings::mistake);
        return settings;
    }
}
