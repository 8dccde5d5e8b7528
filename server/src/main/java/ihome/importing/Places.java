package ihome.importing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The areas that a file's neighbourhoods mean.
 *
 * @param city what the city is called, for messages
 * @param names of its areas, by all that a file may call them, in small letters
 * @param takesOthers whether any other name is a new area
 */
record Places(String city, Map<String, String> names, boolean takesOthers) {
    Places {
        names = Map.copyOf(names);
    }

    /**
     * An area.
     *
     * @param name as the table {@code area} has it, or will have it
     * @param surroundings what houses there look out on
     */
    record Place(String name, Surroundings surroundings) {}

    /** The districts of the sample, for files that are not stored. */
    static final Places OF_THE_SAMPLE = sample();

    private static Places sample() {
        return new Places(
                "the sample's city",
                Arrays.stream(District.values())
                        .map(District::areaName)
                        .collect(Collectors.toMap(name -> name, name -> name)),
                false);
    }

    static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** Null for what is no area of the city. */
    @Nullable
    Place find(String neighbourhood) {
        String known = names.get(key(neighbourhood));
        District district = District.find(neighbourhood);
        if (known == null && district != null) {
            // As old files name them: in two languages, or by what was merged since.
            known = names.get(key(district.areaName()));
        }
        if (known != null) {
            District of = District.find(known);
            return new Place(known, of == null ? Surroundings.CITY : of.surroundings());
        }
        return takesOthers && !neighbourhood.isBlank() ? new Place(neighbourhood, Surroundings.CITY) : null;
    }
}
