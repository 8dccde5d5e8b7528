package ihome.platform.http;

import ihome.platform.rendered.AnswersAtOnce;
import ihome.platform.rendered.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers of routes that can say something at once ({@link Route#sayingAtOnce}). Everything unusual is not for here. */
final class RoutesAtOnce implements AnswersAtOnce {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");

    private final Map<String, AtOnce> routes = new HashMap<>();
    private final SecurityHeaders security;
    /** Of the last answer: most have the same one. */
    private volatile Head last = new Head("", List.of(), new byte[0]);

    // Nobody compares them.
    @SuppressWarnings("ArrayRecordComponent")
    private record Head(String contentType, List<Map.Entry<String, String>> own, byte[] bytes) {}

    RoutesAtOnce(List<Route> all, SecurityHeaders security) {
        this.security = security;
        for (Route route : all) {
            if (route.atOnce() != null) {
                routes.put(route.path(), route.atOnce());
            }
        }
    }

    @Override
    public @Nullable Made answer(String target) {
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        AtOnce route = routes.get(path);
        Map<String, String> query = route == null ? null : parameters(end < 0 ? "" : target.substring(end + 1));
        if (route == null || query == null) {
            return null;
        }
        try {
            Answer answer = route.answer(query);
            return answer == null ? null : new Made(path, Message.found(head(answer), answer.body()));
        } catch (RuntimeException e) {
            // A refusal or a fault: the handler meets it too, and answers and logs it under the request's id.
            log.debug("not at once: {}", path, e);
            return null;
        }
    }

    private byte[] head(Answer answer) {
        Head head = last;
        if (!head.contentType.equals(answer.contentType()) || !head.own.equals(answer.headers())) {
            List<Map.Entry<String, String>> headers = new ArrayList<>(answer.headers());
            headers.addAll(
                    security.missing(answer.contentType(), answer.headers()).entrySet());
            headers.add(Map.entry("Content-Type", answer.contentType()));
            head = new Head(answer.contentType(), answer.headers(), Message.head(headers));
            last = head;
        }
        return head.bytes;
    }

    /** Null for a query that is not plain: with escapes, with a name twice, with anything that is no name and value. */
    private static @Nullable Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (int at = 0; at < query.length(); ) {
            int next = query.indexOf('&', at);
            int end = next < 0 ? query.length() : next;
            int equals = query.indexOf('=', at);
            if (equals <= at || equals >= end || !isPlain(query, at, equals) || !isPlain(query, equals + 1, end)) {
                return null;
            }
            if (parameters.put(query.substring(at, equals), query.substring(equals + 1, end)) != null) {
                return null;
            }
            at = end + 1;
        }
        parameters.values().removeIf(String::isEmpty);
        return parameters;
    }

    private static boolean isPlain(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '_'
                    || c == ',';
            if (!plain) {
                return false;
            }
        }
        return true;
    }
}
