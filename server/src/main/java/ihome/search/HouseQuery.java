package ihome.search;

import ihome.platform.problem.BusinessException;
import ihome.pricing.Guests;
import ihome.search.index.SearchIndex;
import ihome.stay.BookingWindow;
import ihome.stay.OpenArrivals;
import ihome.stay.Stay;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A search: which nights must be free, where, in which order, and which page.
 *
 * @param from first night that must be free; null when no dates are asked for
 * @param until the day after the last such night; null with {@code from}
 * @param stay nights of the stay when both dates are given, else 0: then no minimum or maximum applies
 * @param area null: anywhere
 * @param city null: any
 * @param page from 1
 * @param only what else a house must be
 * @param open only houses that can still be booked for a stay that begins on the first night
 */
record HouseQuery(
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        int stay,
        @Nullable Integer area,
        @Nullable Integer city,
        Sort sort,
        int page,
        Only only,
        OpenArrivals open) {
    /**
     * What else a house must be; null where nothing is asked.
     *
     * @param guests so many must find room, and a stay's price is for so many
     * @param priceFrom fen a night, at least
     * @param priceTo fen a night, at most
     * @param facilities ids of facilities, ascending and each once: it must have them all; empty where none is asked for
     */
    record Only(
            @Nullable Integer guests,
            @Nullable Long priceFrom,
            @Nullable Long priceTo,
            List<Integer> facilities) {
        static final Only ANY = new Only(null, null, null, List.of());

        /** So many facilities can be asked for at once. */
        static final int MOST_FACILITIES = 64;

        private static final long FEN = 100;
        private static final Pattern IDS = Pattern.compile("[0-9]{1,5}(,[0-9]{1,5})*");

        Only {
            facilities = List.copyOf(facilities);
        }

        /**
         * Reads {@code guests}, {@code pmin}, {@code pmax} and {@code facility} (ids with commas between); fails with
         * PARAMERR naming the one that is wrong.
         */
        private static Only parse(Function<String, Optional<String>> parameters) {
            return new Only(
                    parameters
                            .apply("guests")
                            .map(text -> number("guests", text))
                            .orElse(null),
                    parameters
                            .apply("pmin")
                            .map(text -> number("pmin", text) * FEN)
                            .orElse(null),
                    parameters
                            .apply("pmax")
                            .map(text -> number("pmax", text) * FEN)
                            .orElse(null),
                    parameters.apply("facility").map(Only::facilities).orElse(List.of()));
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
    }

    /** The orders of endpoint 18. Houses that are equal in an order stand by their id, newest first or as noted. */
    enum Sort {
        NEW("new", "h.created_at desc, h.id desc", SearchIndex.Sort.NEWEST),
        BOOKING("booking", "h.order_count desc, h.id desc", SearchIndex.Sort.MOST_BOOKED),
        /** Equal prices: oldest first. */
        PRICE_INC("price-inc", "h.price, h.id", SearchIndex.Sort.CHEAPEST),
        PRICE_DES("price-des", "h.price desc, h.id desc", SearchIndex.Sort.DEAREST);

        private final String wire;
        private final String orderBy;
        private final SearchIndex.Sort inIndex;

        Sort(String wire, String orderBy, SearchIndex.Sort inIndex) {
            this.wire = wire;
            this.orderBy = orderBy;
            this.inIndex = inIndex;
        }

        /** Its name as the parameter {@code sk}. */
        String wire() {
            return wire;
        }

        String orderBy() {
            return orderBy;
        }

        /** An unknown name is the default, as the API document's own server has it. */
        static Sort of(String name) {
            for (Sort sort : values()) {
                if (sort.wire.equals(name)) {
                    return sort;
                }
            }
            return NEW;
        }
    }

    /**
     * Reads the parameters of endpoint 18, and those of {@link Only}; fails with PARAMERR naming the one that is wrong.
     *
     * @param parameters gives a parameter by its name
     */
    static HouseQuery parse(Function<String, Optional<String>> parameters) {
        Only only = Only.parse(parameters);
        LocalDate start =
                parameters.apply("sd").map(text -> Stay.date("sd", text)).orElse(null);
        LocalDate end =
                parameters.apply("ed").map(text -> Stay.date("ed", text)).orElse(null);
        Integer area = parameters.apply("aid").map(text -> number("aid", text)).orElse(null);
        Integer city =
                parameters.apply("city").map(text -> number("city", text)).orElse(null);
        int page = parameters.apply("p").map(text -> number("p", text)).orElse(1);
        if (page < 1) {
            throw BusinessException.forField("p", "页码从 1 开始");
        }
        Sort sort = Sort.of(parameters.apply("sk").orElse(""));
        if (start == null && end == null) {
            return new HouseQuery(null, null, 0, area, city, sort, page, only, OpenArrivals.ANY);
        }
        if (start == null || end == null) {
            LocalDate night = start != null ? start : end == null ? null : end.minusDays(1);
            return new HouseQuery(
                    night, night == null ? null : night.plusDays(1), 0, area, city, sort, page, only, OpenArrivals.ANY);
        }
        Stay stay = Stay.between("sd", start, "ed", end);
        return new HouseQuery(stay.start(), stay.end(), stay.nights(), area, city, sort, page, only, OpenArrivals.ANY);
    }

    /** Whether the nights, where any are asked for, can be booked at all; no house is found for others. */
    boolean isWithin(BookingWindow window) {
        return from == null || until == null || window.admits(from, until);
    }

    /** The search for what can be booked within the window: where only some houses can be, for these. */
    HouseQuery within(BookingWindow window) {
        return from == null
                ? this
                : new HouseQuery(from, until, stay, area, city, sort, page, only, window.arrivals(from));
    }

    /** Whether some houses are left out because it is too late to book them: which ones, changes by the minute. */
    boolean leavesOutTheLate() {
        return !open.equals(OpenArrivals.ANY);
    }

    /** Whether anything but dates and place is asked for. */
    boolean isFiltered() {
        return !only.equals(Only.ANY);
    }

    /** The stay, where both dates are asked for; else null. */
    @Nullable
    Stay wholeStay() {
        return stay == 0 || from == null || until == null ? null : new Stay(from, until);
    }

    /** Who comes, for the price of a stay: adults, as far as a search knows. */
    Guests who() {
        return new Guests(only.guests() == null ? 1 : Math.max(1, only.guests()), 0, 0);
    }

    /**
     * The same for the index.
     *
     * @param today the day of booking
     */
    SearchIndex.Question question(LocalDate today) {
        return new SearchIndex.Question(
                from,
                until,
                stay,
                area,
                sort.inIndex,
                page,
                only.guests() == null ? 0 : only.guests(),
                only.priceFrom() == null ? 0 : only.priceFrom(),
                only.priceTo() == null ? Long.MAX_VALUE : only.priceTo(),
                only.facilities(),
                open,
                city,
                today);
    }

    private static int number(String name, String text) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw BusinessException.badField(name, "应为正整数");
        }
        return Integer.parseInt(text);
    }
}
