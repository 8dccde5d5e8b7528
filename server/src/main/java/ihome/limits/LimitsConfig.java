package ihome.limits;

import ihome.platform.config.Settings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How much each limit allows.
 *
 * @param max the most within a limit's window
 * @param perAddress whether limits per address and per range of numbers are counted at all
 */
public record LimitsConfig(Map<Limit, Integer> max, boolean perAddress) {
    public LimitsConfig {
        Map<Limit, Integer> all = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            all.put(limit, max.getOrDefault(limit, limit.defaultMax()));
        }
        max = Map.copyOf(all);
    }

    public static LimitsConfig defaults() {
        return new LimitsConfig(Map.of(), true);
    }

    /** Declares and reads {@code --limit-sms-total 5000} and so on: how many of each limit; the windows stand. */
    public static LimitsConfig from(Settings settings, boolean perAddress) {
        settings.section("Limits");
        Map<Limit, Integer> max = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            String name = "limit-" + limit.name().toLowerCase(Locale.ROOT).replace('_', '-');
            max.put(limit, settings.integer(name, limit.defaultMax(), 1, 1_000_000, help(limit)));
        }
        return new LimitsConfig(max, perAddress);
    }

    private static String help(Limit limit) {
        return switch (limit.scope()) {
            case SUBJECT -> "At most so many " + within(limit.window()) + " for one mobile or account";
            case ADDRESS -> "At most so many " + within(limit.window()) + " from one address; lifted by --dev";
            case RANGE ->
                "At most so many " + within(limit.window())
                        + " for the numbers that have their first seven digits in common; lifted by --dev";
            case SITE -> "At most so many of the whole site in a calendar day";
            case STOCK -> "At most so many of one account at the same time";
        };
    }

    private static String within(Duration window) {
        if (window.compareTo(Duration.ofMinutes(2)) < 0) {
            return "in " + window.toSeconds() + " seconds";
        }
        return window.compareTo(Duration.ofHours(2)) < 0
                ? "in " + window.toMinutes() + " minutes"
                : "in " + window.toHours() + " hours";
    }

    int maxOf(Limit limit) {
        Integer value = max.get(limit);
        return value == null ? limit.defaultMax() : value;
    }
}
