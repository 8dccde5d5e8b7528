package ihome.platform.http.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A route's path pattern, as {@link ihome.platform.http.Route} describes it. Matched against decoded paths. */
final class PathPattern {
    /** A name in braces, with an expression or not; the expression may have pairs of braces. */
    private static final Pattern PART = Pattern.compile("\\{(\\+?)(\\w+)(?::((?:[^{}]|\\{[^{}]*})*))?}");

    private final String prefix;
    private final Pattern pattern;
    private final List<String> names = new ArrayList<>();
    private final String specificity;

    PathPattern(String path) {
        StringBuilder regex = new StringBuilder();
        Matcher part = PART.matcher(path);
        int at = 0;
        String literal = path;
        while (part.find()) {
            if (names.isEmpty()) {
                literal = path.substring(0, part.start());
            }
            regex.append(Pattern.quote(path.substring(at, part.start())));
            String expression =
                    part.group(3) != null ? part.group(3) : part.group(1).isEmpty() ? "[^/]+" : ".+";
            regex.append('(').append(expression).append(')');
            names.add(part.group(2));
            at = part.end();
        }
        regex.append(Pattern.quote(path.substring(at)));
        this.specificity = specificity(path);
        this.prefix = literal;
        this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
        if (pattern.matcher("").groupCount() != names.size()) {
            throw new IllegalArgumentException("expressions in a path pattern have no groups of their own: " + path);
        }
    }

    /** Whether the pattern matches one path only. */
    static boolean isLiteral(String path) {
        return path.indexOf('{') < 0;
    }

    /**
     * Of two patterns that match the same path, the one whose text sorts first is the more specific: segment by segment, a
     * literal before a part with an expression, before a part without, before a part of any number of segments.
     */
    String specificity() {
        return specificity;
    }

    private static String specificity(String path) {
        StringBuilder kinds = new StringBuilder();
        Matcher part = PART.matcher(path);
        int at = 0;
        while (part.find()) {
            literals(kinds, path.substring(at, part.start()));
            kinds.append(rank(part.group(1), part.group(3)));
            at = part.end();
        }
        literals(kinds, path.substring(at));
        return kinds.append('4').toString();
    }

    private static char rank(String anyLength, @Nullable String expression) {
        if (!anyLength.isEmpty() || (expression != null && expression.endsWith(".*"))) {
            return '3';
        }
        return expression != null ? '1' : '2';
    }

    /** A zero for each segment that begins within the text and does not consist of a part alone. */
    private static void literals(StringBuilder kinds, String text) {
        for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
            if (slash + 1 < text.length()) {
                kinds.append('0');
            }
        }
    }

    /** The parts that have names; null when the path is another one. */
    @Nullable
    Map<String, String> match(String path) {
        if (!path.startsWith(prefix)) {
            return null;
        }
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return null;
        }
        Map<String, String> parts = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            parts.put(names.get(i), matcher.group(i + 1));
        }
        return parts;
    }
}
