package ihome.web;

import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.problem.Errno;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Addresses outside the API that no route knows. One that is a page's but for upper case or slashes at its end leads to
 * that page; for every other a browser gets the app's own page, with status 404, and everybody else the API's envelope.
 */
final class UnknownAddress {
    /** The route: everything that is not the API's. Other routes come before it. */
    static final String PATH = "/{rest:(?!api(?:/|$)).*}";

    private static final Pattern PARAMETER = Pattern.compile("\\{\\w+:((?:[^{}]|\\{[^{}]*})*)}");
    private static final Pattern END = Pattern.compile("(?<=.)/+$");

    private final Predicate<String> page;

    /** @param pages the paths of the app's pages, as routes write them */
    UnknownAddress(Collection<String> pages) {
        List<Pattern> patterns = pages.stream()
                .map(path -> Pattern.compile(PARAMETER.matcher(path).replaceAll("$1")))
                .toList();
        this.page =
                path -> patterns.stream().anyMatch(each -> each.matcher(path).matches());
    }

    /** The address of the page that was meant, on this site; empty when it was none. */
    Optional<String> meant(Request request) {
        String asked = "/" + request.path("rest");
        String plain = END.matcher(asked).replaceAll("").toLowerCase(Locale.ROOT);
        if (plain.equals(asked) || !page.test(plain)) {
            return Optional.empty();
        }
        return Optional.of(plain + (request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery()));
    }

    static boolean wantsPage(Request request) {
        return request.header("Accept")
                .filter(types -> types.contains("text/html"))
                .isPresent();
    }

    static Response envelope() {
        return Response.failure(404, Errno.NODATA, "无此地址");
    }
}
