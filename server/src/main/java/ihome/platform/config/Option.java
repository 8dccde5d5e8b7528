package ihome.platform.config;

import java.util.List;
import java.util.Locale;

/**
 * One option as it was declared and as it stands.
 *
 * @param section the heading it belongs under
 * @param name as on the command line, without the dashes
 * @param form what a value looks like, such as {@code a number from 1 to 200}
 * @param fallback what holds when it is not given; empty when nothing does
 * @param help what it is for, in a sentence or two; empty while nobody has said so
 * @param kind how it may be given
 * @param value the effective value, redacted when it is secret; empty when there is none
 * @param source where the value comes from
 * @param origin the same for people, with the file and the line where there is one
 * @param overridden where else a value was given that this one is used in place of
 */
public record Option(
        String section,
        String name,
        String form,
        String fallback,
        String help,
        Kind kind,
        String value,
        Source source,
        String origin,
        List<String> overridden) {
    /** How an option may be given. */
    public enum Kind {
        /** On the command line, in the environment or in the configuration file. */
        PLAIN,
        /** On the command line without a value, or elsewhere as {@code true}. */
        FLAG,
        /** As {@link #PLAIN}, or in a file that one of these names; its value is never shown. */
        SECRET,
        /** In the environment only; somebody else reads it (the launcher, before Java runs). */
        LAUNCHER
    }

    /** Where a value comes from. */
    public enum Source {
        DEFAULT("default"),
        CONFIG_FILE("configuration file"),
        ENVIRONMENT("environment"),
        FILE("file"),
        COMMAND_LINE("command line");

        private final String text;

        Source(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What a flag is set to; fails with IllegalArgumentException for what is neither yes nor no. */
    public static boolean isSet(String flag) {
        return switch (flag.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw new IllegalArgumentException(flag);
        };
    }

    /** The environment variable. */
    public String variable() {
        return variable(name);
    }

    /** The environment variable that names a file with the value, for a secret. */
    public String fileVariable() {
        return fileVariable(name);
    }

    static String fileVariable(String name) {
        return variable(name) + "_FILE";
    }

    static String variable(String name) {
        return "IHOME_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
