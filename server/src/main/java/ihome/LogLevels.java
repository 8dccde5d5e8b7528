package ihome;

import ch.qos.logback.classic.Level;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * From which level on loggers write, where it is not the usual one.
 *
 * @param levels by the name of the logger; those below it follow, as far as they are not named
 */
public record LogLevels(Map<String, Level> levels) {
    /** The usual ones: this program's from info on, the libraries' from warn on. */
    static final LogLevels USUAL = new LogLevels(Map.of());

    public static final String FORM =
            "trace, debug, info, warn, error or off, or such for some loggers: ihome.http=debug,io.netty=info";

    private static final Map<String, Level> LEVELS = Map.of(
            "trace", Level.TRACE,
            "debug", Level.DEBUG,
            "info", Level.INFO,
            "warn", Level.WARN,
            "error", Level.ERROR,
            "off", Level.OFF);

    /** What a level without a name is for. */
    private static final String PROGRAM = "ihome";

    private static final Pattern LOGGER = Pattern.compile("[A-Za-z][A-Za-z0-9_$]*(\\.[A-Za-z0-9_$]+)*");

    public LogLevels {
        levels = Map.copyOf(levels);
    }

    /** Fails with {@link IllegalArgumentException} when a text is not of the {@link #FORM}. */
    static LogLevels parse(String text) {
        Map<String, Level> levels = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String logger = equals < 0 ? PROGRAM : part.substring(0, equals).strip();
            Level level = LEVELS.get(part.substring(equals + 1).strip().toLowerCase(Locale.ROOT));
            if (level == null || !LOGGER.matcher(logger).matches() || levels.put(logger, level) != null) {
                throw new IllegalArgumentException("not a level: " + part);
            }
        }
        return new LogLevels(levels);
    }

    /** Whether somebody has asked for the lines of a logger. */
    boolean names(String logger) {
        return levels.keySet().stream().anyMatch(named -> logger.equals(named) || logger.startsWith(named + "."));
    }

    @Override
    public String toString() {
        return levels.entrySet().stream()
                .map(level -> level.getKey() + "=" + level.getValue().toString().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(","));
    }
}
