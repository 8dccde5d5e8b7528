package ihome.limits;

import java.util.EnumMap;
import java.util.Map;

/**
 * How much each limit allows.
 *
 * @param max the most within a limit's window
 * @param perAddress whether limits per address are counted at all
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

    int maxOf(Limit limit) {
        Integer value = max.get(limit);
        return value == null ? limit.defaultMax() : value;
    }
}
