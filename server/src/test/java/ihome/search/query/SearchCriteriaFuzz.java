package ihome.search.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

import ihome.platform.problem.BusinessException;
import ihome.platform.time.SiteTime;
import ihome.stay.BookingWindow;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Any text as the parameters of a search, a line each: a question with sense, or a refusal. */
public final class SearchCriteriaFuzz {
    private static final List<String> PARAMETERS =
            List.of("sd", "ed", "aid", "sk", "p", "guests", "pmin", "pmax", "facility", "city");

    private static final BookingWindow WINDOW =
            BookingWindow.at(new SiteTime(Clock.fixed(Instant.parse("2026-06-01T04:00:00Z"), UTC), UTC));

    private SearchCriteriaFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String[] lines = new String(input, UTF_8).split("\n", PARAMETERS.size());
        try {
            SearchCriteria query = SearchCriteria.parse(name -> line(lines, PARAMETERS.indexOf(name)), WINDOW);
            boolean _ = query.dates().areWithin(WINDOW);
            if (query.page() < 1) {
                throw new IllegalStateException("a page before the first");
            }
        } catch (BusinessException refused) {
            // PARAMERR naming the parameter.
        }
    }

    private static Optional<String> line(String[] lines, int number) {
        return number < lines.length ? Optional.of(lines[number]).filter(text -> !text.isEmpty()) : Optional.empty();
    }

    public static List<byte[]> seeds() {
        return Stream.of(
                        "2026-10-01\n2026-10-04\n3\nprice-inc\n2\n4\n200\n600\n1,3\n2",
                        "9999-12-31\n\n\n\n999999999",
                        "\n0000-01-01\n0\nnew\n1\n0\n0\n0\n99999\n0",
                        "2026-02-30\n2026-02-29")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }
}
