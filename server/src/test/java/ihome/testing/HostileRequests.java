package ihome.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import ihome.apidocs.ApiOperation;
import ihome.apidocs.ApiOperation.Parameter;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Every operation of the API document with one wrong thing at a time. */
public final class HostileRequests {
    /** Headers that the server looks at, with values that fit no use of them. */
    private static final List<String> HEADERS = List.of(
            "Cookie",
            "X-Forwarded-For",
            "Sec-Fetch-Site",
            "Origin",
            "Accept-Encoding",
            "Accept-Language",
            "If-None-Match",
            "If-Modified-Since",
            "Range",
            "User-Agent",
            "Idempotency-Key",
            "Content-Encoding",
            "X-HTTP-Method-Override");

    /** One request. */
    public static final class Case {
        private final ApiOperation operation;
        private final String path;
        private final Map.@Nullable Entry<String, String> header;
        private final @Nullable String mediaType;
        private final byte[] body;
        private final String what;

        /**
         * @param path from the root, with {@code {names}} for what the test knows
         * @param header one more header; null for none
         * @param what tells a reader what is wrong with it
         */
        Case(
                ApiOperation operation,
                String path,
                Map.@Nullable Entry<String, String> header,
                @Nullable String mediaType,
                byte[] body,
                String what) {
            this.operation = operation;
            this.path = path;
            this.header = header;
            this.mediaType = mediaType;
            this.body = body;
            this.what = what;
        }

        public ApiOperation operation() {
            return operation;
        }

        public String path() {
            return path;
        }

        public Map.@Nullable Entry<String, String> header() {
            return header;
        }

        @Nullable
        public String mediaType() {
            return mediaType;
        }

        public byte[] body() {
            return body;
        }

        public String what() {
            return what;
        }
    }

    private HostileRequests() {}

    public static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        List<ApiOperation> operations = ApiOperation.all().stream()
                .filter(operation -> !operation.path().equals("/metrics"))
                .filter(operation -> !operation.path().startsWith("/health"))
                .toList();
        headers(operations, cases);
        for (ApiOperation operation : operations) {
            parameters(operation, cases);
            if (operation.mediaType() != null) {
                bodies(operation, cases);
            }
        }
        return cases;
    }

    private static void parameters(ApiOperation operation, List<Case> cases) {
        for (Parameter parameter : operation.parameters()) {
            for (String text : HostileValues.texts()) {
                String what = parameter.in() + " " + parameter.name() + " = " + shortened(text);
                switch (parameter.in()) {
                    case "path" -> {
                        if (text.isEmpty() || text.contains("/")) {
                            continue; // another path
                        }
                        String path = operation.path().replace("{" + parameter.name() + "}", encoded(text));
                        cases.add(request(operation, path + query(operation, "", ""), what));
                    }
                    case "query" ->
                        cases.add(request(
                                operation, operation.path() + query(operation, parameter.name(), encoded(text)), what));
                    default -> {}
                }
            }
            if (parameter.in().equals("query")) {
                String query = query(operation, "", "");
                cases.add(request(operation, operation.path() + query + "&" + parameter.name() + "=x", "twice"));
                cases.add(request(operation, operation.path() + "?" + parameter.name(), "a name alone"));
                cases.add(request(operation, operation.path(), "no query"));
                cases.add(
                        request(operation, operation.path() + query + "&x=%ff%fe&=&&%00=1", "bytes that are no text"));
            }
        }
    }

    /** Every value in every header, by turns to all operations: what reads headers is the same for all. */
    private static void headers(List<ApiOperation> operations, List<Case> cases) {
        int turn = 0;
        for (String name : HEADERS) {
            for (String text : HostileValues.texts()) {
                if (text.chars().allMatch(c -> c >= ' ' && c < 127)) {
                    ApiOperation operation = operations.get(turn++ % operations.size());
                    String value = name.equals("Cookie") ? "session=" + text : text;
                    Case plain = request(
                            operation, operation.path() + query(operation, "", ""), name + ": " + shortened(text));
                    cases.add(new Case(
                            operation,
                            plain.path(),
                            Map.entry(name, value),
                            plain.mediaType(),
                            plain.body(),
                            plain.what()));
                }
            }
        }
    }

    private static void bodies(ApiOperation operation, List<Case> cases) {
        String path = operation.path() + query(operation, "", "");
        for (String body : HostileValues.bodies()) {
            cases.add(new Case(
                    operation, path, null, operation.mediaType(), body.getBytes(UTF_8), "body " + shortened(body)));
        }
        cases.add(new Case(
                operation,
                path,
                null,
                operation.mediaType(),
                new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
                "no UTF-8"));
        for (String type : HostileValues.mediaTypes()) {
            cases.add(new Case(operation, path, null, type, valid(operation), "Content-Type: " + type));
        }
        if ("application/json".equals(operation.mediaType())) {
            fields(operation, path, cases);
            innerFields(operation, path, cases);
        } else if ("multipart/form-data".equals(operation.mediaType())) {
            uploads(operation, path, cases);
        }
    }

    private static void fields(ApiOperation operation, String path, List<Case> cases) {
        for (String field : operation.fields().keySet()) {
            for (String value : HostileValues.json()) {
                String body = json(operation, field, value);
                cases.add(new Case(
                        operation,
                        path,
                        null,
                        operation.mediaType(),
                        body.getBytes(UTF_8),
                        field + " = " + shortened(value)));
            }
            String without = json(operation, field, null);
            cases.add(new Case(operation, path, null, operation.mediaType(), without.getBytes(UTF_8), "no " + field));
            String twice = json(operation, field, "1").replaceFirst("\\{", "{\"" + field + "\":\"2\",");
            cases.add(new Case(operation, path, null, operation.mediaType(), twice.getBytes(UTF_8), field + " twice"));
        }
    }

    /** As {@link #fields}, within the objects among the fields; the other fields of an object have their least value. */
    private static void innerFields(ApiOperation operation, String path, List<Case> cases) {
        for (ApiOperation.Inner inner : operation.inner()) {
            for (String value : HostileValues.json()) {
                String object = inner.schemas().entrySet().stream()
                        .map(each -> "\"" + each.getKey() + "\":"
                                + (each.getKey().equals(inner.name())
                                        ? value
                                        : each.getValue().path("minimum").asString("\"x\"")))
                        .collect(Collectors.joining(",", "{", "}"));
                cases.add(new Case(
                        operation,
                        path,
                        null,
                        operation.mediaType(),
                        json(operation, inner.outer(), inner.inList() ? "[" + object + "]" : object)
                                .getBytes(UTF_8),
                        inner.path() + " = " + shortened(value)));
            }
        }
    }

    /** The document's example with one field set to a value, or without it. */
    private static String json(ApiOperation operation, String field, @Nullable String value) {
        if (operation.isList()) {
            return value == null ? "null" : value;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        operation
                .example()
                .properties()
                .forEach(each -> fields.put(each.getKey(), each.getValue().toString()));
        fields.remove(field);
        if (value != null) {
            fields.put(field, value);
        }
        return fields.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\":" + each.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void uploads(ApiOperation operation, String path, List<Case> cases) {
        String field = operation.fields().keySet().iterator().next();
        String start = "--x\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"a.jpg\"\r\n";
        String jpeg = new String(SamplePicture.jpeg(), java.nio.charset.StandardCharsets.ISO_8859_1);
        for (String body : List.of(
                start + "\r\n" + jpeg.substring(0, 300) + "\r\n--x--\r\n",
                start + "\r\n" + jpeg,
                start + "\r\n\r\n--x--\r\n",
                start + "\r\n--x--\r\n",
                start + "Content-Type: text/html\r\n\r\n<script>alert(1)</script>\r\n--x--\r\n",
                start + "Content-Type: image/svg+xml\r\n\r\n<svg onload=\"alert(1)\"/>\r\n--x--\r\n",
                start + "Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--x--\r\n",
                start.replace("a.jpg", "../../a.jsp\u0000") + "\r\nGIF89a\r\n--x--\r\n",
                start.replace(field, field + "\u0000") + "\r\nx\r\n--x--\r\n",
                start.replace("\"" + field + "\"", "\"") + "\r\nx\r\n--x--\r\n",
                start.replace("form-data", "attachment") + "\r\nx\r\n--x--\r\n",
                start + "X-Long: " + "y".repeat(5_000) + "\r\n\r\nx\r\n--x--\r\n",
                "--x\r\n\r\nx\r\n".repeat(40) + "--x--\r\n",
                "--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n--y--\r\n--x--\r\n",
                "preamble\r\n" + start + "\r\nx\r\n--x--\r\nepilogue",
                start.repeat(3) + "\r\nx\r\n--x--",
                "--x--\r\n")) {
            cases.add(new Case(
                    operation,
                    path,
                    null,
                    "multipart/form-data; boundary=x",
                    body.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                    "upload " + shortened(body)));
        }
    }

    private static Case request(ApiOperation operation, String path, String what) {
        return new Case(operation, path, null, operation.mediaType(), valid(operation), what);
    }

    /** The document's own example as a body. */
    private static byte[] valid(ApiOperation operation) {
        JsonNode example = operation.example();
        if (operation.mediaType() == null) {
            return new byte[0];
        }
        return example.toString().getBytes(UTF_8);
    }

    /** All query parameters with the document's examples, one of them with another value. */
    private static String query(ApiOperation operation, String other, String value) {
        String query = operation.parameters().stream()
                .filter(parameter -> parameter.in().equals("query"))
                .map(parameter -> parameter.name() + "="
                        + (parameter.name().equals(other) ? value : encoded(parameter.example())))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    static String shortened(String text) {
        String visible = text.replace("\u0000", "<NUL>").replace("\r\n", "<CRLF>");
        return visible.length() <= 80 ? visible : visible.substring(0, 80) + "… (" + visible.length() + ")";
    }
}
