package ihome.platform.http;

import ihome.platform.problem.BusinessException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The part of a list that a request asks for: {@code ?limit} (1 to 100, 20 by default) and {@code ?before}, the {@code next}
 * of the page before. Without both it is the beginning, {@link #WHOLE} entries at most, as clients that know no pages ask
 * for a list: no list is answered whole whatever its length.
 *
 * @param limit how many entries at most
 * @param before id of the last entry of the page before; {@link Long#MAX_VALUE} for the beginning
 */
public record Page(int limit, long before) {
    public static final int WHOLE = 200;

    private static final int DEFAULT = 20;
    private static final int MOST = 100;

    /**
     * Entries of a list, and where it goes on.
     *
     * @param next to be sent as {@code before} for the next page; null at the end
     */
    public record Part<T>(List<T> entries, @Nullable String next) {}

    /** Fails with PARAMERR naming {@code limit} or {@code before}. */
    public static Page of(Request request) {
        Optional<String> limit = request.query("limit");
        Optional<String> before = request.query("before");
        if (limit.isEmpty() && before.isEmpty()) {
            return new Page(WHOLE, Long.MAX_VALUE);
        }
        return new Page(
                limit.map(Page::limit).orElse(DEFAULT),
                before.map(text -> entry("before", text, "应为上一页的 next")).orElse(Long.MAX_VALUE));
    }

    private static int limit(String text) {
        int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw BusinessException.badField("limit", "应在 1 到 " + MOST + " 之间");
        }
        return limit;
    }

    /** The id of a list's entry. Fails with PARAMERR naming {@code field}, with {@code hint}. */
    public static long entry(String field, String text, String hint) {
        if (!text.matches("[0-9]{1,18}")) {
            throw BusinessException.badField(field, hint);
        }
        return Long.parseLong(text);
    }

    /** How many entries to read: one more than are shown, to know whether there are more. */
    public int toRead() {
        return limit + 1;
    }

    /** The page, of {@link #toRead} entries that were read. */
    public <T> Part<T> of(List<T> read, ToLongFunction<T> id) {
        if (read.size() <= limit) {
            return new Part<>(read, null);
        }
        List<T> shown = read.subList(0, limit);
        return new Part<>(shown, Long.toString(id.applyAsLong(shown.getLast())));
    }
}
