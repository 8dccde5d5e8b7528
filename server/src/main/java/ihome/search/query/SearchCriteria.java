package ihome.search.query;

import ihome.platform.problem.BusinessException;
import ihome.stay.BookingWindow;
import ihome.stay.Stay;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a search asks for: which nights must be free, where, what else a house must be, in which order, and which page. HTTP
 * reads it; SQL, the index and the caches answer it.
 *
 * @param area null: anywhere
 * @param city null: any
 * @param page from 1
 */
public record SearchCriteria(
        SearchDates dates,
        @Nullable Integer area,
        @Nullable Integer city,
        SearchFilters filters,
        SearchSort sort,
        int page) {
    /**
     * Reads the parameters of endpoint 18: {@code sd}, {@code ed}, {@code aid}, {@code city}, {@code guests}, {@code pmin},
     * {@code pmax}, {@code facility}, {@code sk} and {@code p}. Fails with PARAMERR naming the one that is wrong. Dates
     * outside of the window are read too.
     *
     * @param parameters gives a parameter by its name
     * @param window the present one: where only some houses can still be booked, they are meant
     */
    public static SearchCriteria parse(Function<String, Optional<String>> parameters, BookingWindow window) {
        SearchFilters filters = SearchFilters.parse(parameters);
        LocalDate start = date("sd", parameters);
        LocalDate end = date("ed", parameters);
        Integer area = number("aid", parameters);
        Integer city = number("city", parameters);
        Integer page = number("p", parameters);
        if (page != null && page < 1) {
            throw BusinessException.forField("p", "页码从 1 开始");
        }
        return new SearchCriteria(
                SearchDates.of(start, end, window),
                area,
                city,
                filters,
                SearchSort.of(parameters.apply("sk").orElse("")),
                page == null ? 1 : page);
    }

    private static @Nullable LocalDate date(String name, Function<String, Optional<String>> parameters) {
        return parameters.apply(name).map(text -> Stay.date(name, text)).orElse(null);
    }

    /** Null when it is not there. */
    static @Nullable Integer number(String name, Function<String, Optional<String>> parameters) {
        Optional<String> given = parameters.apply(name);
        if (given.isEmpty()) {
            return null;
        }
        String text = given.get();
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw BusinessException.badField(name, "应为正整数");
        }
        return Integer.valueOf(text);
    }

    /** Whether anything but dates and place is asked for. */
    public boolean isFiltered() {
        return !filters.equals(SearchFilters.NONE);
    }

    /** Whether prices decide what is found, or where it stands. */
    public boolean comparesPrices() {
        return sort.isByPrice() || filters.comparePrices();
    }
}
