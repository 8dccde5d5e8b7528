package ihome.platform.config;

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
 */
public record Option(
        String section,
        String name,
        String form,
        String fallback,
        String help,
        Kind kind,
        String value,
        Source source) {
    /** How an option may be given. */
    public enum Kind {
        /** On the command line or in the environment. */
        PLAIN,
        /** On the command line without a value, or in the environment as {@code true}. */
        FLAG,
        /** In the environment or in a file that the environment names; its value is never shown. */
        SECRET,
        /** In the environment only; somebody else reads it (the launcher, before Java runs). */
        LAUNCHER
    }

    /** Where a value comes from. */
    public enum Source {
        DEFAULT("default"),
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
