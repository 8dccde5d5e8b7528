package ihome.search.query;

import ihome.platform.problem.BusinessException;
import ihome.pricing.Guests;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What else a house must be; null where nothing is asked.
 *
 * @param guests so many must find room, and a stay's price is for so many
 * @param priceFrom fen a night, at least: with a stay on its average night, exactly, else the house's price
 * @param priceTo fen a night, at most
 * @param facilities ids of facilities, ascending and each once: it must have them all; empty where none is asked for
 */
public record SearchFilters(
        @Nullable Integer guests,
        @Nullable Long priceFrom,
        @Nullable Long priceTo,
        List<Integer> facilities) {
    /** Nothing is asked. */
    static final SearchFilters NONE = new SearchFilters(null, null, null, List.of());

    /** So many facilities can be asked for at once. */
    static final int MOST_FACILITIES = 64;

    private static final long FEN = 100;
    private static final Pattern IDS = Pattern.compile("[0-9]{1,5}(,[0-9]{1,5})*");

    public SearchFilters {
        facilities = List.copyOf(facilities);
    }

    /**
     * Reads {@code guests}, {@code pmin}, {@code pmax} and {@code facility} (ids with commas between); fails with PARAMERR
     * naming the one that is wrong.
     */
    static SearchFilters parse(Function<String, Optional<String>> parameters) {
        return new SearchFilters(
                SearchCriteria.number("guests", parameters),
                fen("pmin", parameters),
                fen("pmax", parameters),
                parameters.apply("facility").map(SearchFilters::facilities).orElse(List.of()));
    }

    private static @Nullable Long fen(String name, Function<String, Optional<String>> parameters) {
        Integer yuan = SearchCriteria.number(name, parameters);
        return yuan == null ? null : yuan * FEN;
    }

    private static List<Integer> facilities(String text) {
        if (!IDS.matcher(text).matches()) {
            throw BusinessException.badField("facility", "应为设施编号，以逗号分隔");
        }
        List<Integer> ids = Arrays.stream(text.split(",", -1))
                .map(Integer::valueOf)
                .distinct()
                .sorted()
                .toList();
        if (ids.size() > MOST_FACILITIES) {
            throw BusinessException.badField("facility", "最多 " + MOST_FACILITIES + " 项");
        }
        return ids;
    }

    /** Whether a price is asked for. */
    boolean comparePrices() {
        return priceFrom != null || priceTo != null;
    }

    /** How many come, for the price of a stay: adults, as far as a search knows. */
    public Guests party() {
        return new Guests(guests == null ? 1 : Math.max(1, guests), 0, 0);
    }
}
