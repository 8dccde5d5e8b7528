package ihome.bench;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Date searches over HTTP, each different. */
final class Searches {
    /** A path of the kind that is asked for, to know how large an answer is. */
    static final String SAMPLE = "/api/v1.0/houses?sd=%s&ed=%s&sk=new&p=1";

    private static final AtomicInteger ROUND = new AtomicInteger();

    private Searches() {}

    static Wrk round(Context context, Site site, int connections, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("ROUND", Integer.toString(ROUND.getAndIncrement()));
        return Wrk.script(
                context.root().resolve("bench/search.lua").toString(),
                environment,
                site.url("/"),
                connections,
                context.seconds());
    }

    static byte[] sampleAnswer(Site site) {
        java.time.LocalDate day = java.time.LocalDate.now().plusDays(40);
        byte[] answer = site.get(SAMPLE.formatted(day, day.plusDays(3)));
        if (!new String(answer, StandardCharsets.UTF_8).contains("\"total_page\"")) {
            throw new IllegalStateException("no search answer");
        }
        return answer;
    }

    static void warmUp(Context context, Site site) {
        for (int connections : List.of(16, 1)) {
            round(context, site, connections, Map.of());
        }
    }
}
