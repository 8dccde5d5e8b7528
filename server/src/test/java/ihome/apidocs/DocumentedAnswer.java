package ihome.apidocs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import ihome.apidocs.OpenApiContract.Deviation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One status of one operation: the headers that come with it and, by media type, the bodies it may have.
 *
 * @param name the outcome of an answer without a body
 * @param content by media type without parameters; empty when the answer has no body
 */
record DocumentedAnswer(String name, Map<String, Header> headers, Map<String, List<Branch>> content) {
    private static final String JSON = "application/json";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** An escape that is not itself escaped. */
    private static final Pattern ESCAPED = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u([0-9a-fA-F]{4})");

    /** A documented header. */
    record Header(boolean required, Schema schema) {}

    /** One of the bodies of a media type; the schema is null for bodies that are not JSON. */
    record Branch(String outcome, @Nullable Schema schema, List<String> requiredHeaders) {}

    List<String> outcomes() {
        return content.isEmpty()
                ? List.of(name)
                : content.values().stream()
                        .flatMap(List::stream)
                        .map(Branch::outcome)
                        .toList();
    }

    /**
     * Checks media type, headers and body.
     *
     * @param actual headers, found in any case
     * @param body empty when there is none to be looked at
     * @return the outcome
     */
    String check(Map<String, String> actual, Optional<byte[]> body) throws Deviation {
        if (body.isEmpty()) {
            return name;
        }
        byte[] bytes = body.get();
        if (content.isEmpty()) {
            require(bytes.length == 0, "a body where none is documented");
            checkHeaders(actual, List.of());
            return name;
        }
        String contentType = actual.getOrDefault("Content-Type", "");
        String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        List<Branch> branches = content.get(mediaType);
        if (branches == null) {
            throw new Deviation("Content-Type '%s', documented are %s".formatted(contentType, content.keySet()));
        }
        require(bytes.length > 0, "an empty body");
        Branch branch = branches.getFirst();
        if (mediaType.equals(JSON)) {
            require(
                    contentType.replace(" ", "").equalsIgnoreCase(JSON + ";charset=utf-8"),
                    "Content-Type '%s' instead of '%s; charset=utf-8'".formatted(contentType, JSON));
            branch = matching(branches, parse(bytes));
        }
        checkHeaders(actual, branch.requiredHeaders());
        return branch.outcome();
    }

    private static JsonNode parse(byte[] bytes) throws Deviation {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            Optional<MatchResult> escaped = ESCAPED.matcher(text)
                    .results()
                    .filter(m -> isPlainText(Integer.parseInt(m.group(1), 16)))
                    .findFirst();
            require(escaped.isEmpty(), "text is escaped instead of UTF-8: " + shortened(text));
            return MAPPER.readTree(text);
        } catch (CharacterCodingException e) {
            throw new Deviation("the body is not UTF-8");
        } catch (JacksonException e) {
            throw new Deviation("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    private static boolean isPlainText(int unit) {
        return unit >= 0xA0 && unit != 0x2028 && unit != 0x2029 && !Character.isSurrogate((char) unit);
    }

    /** The branch that the body fits; the deviation speaks of the branch that it comes nearest to. */
    private static Branch matching(List<Branch> branches, JsonNode body) throws Deviation {
        List<Error> fewest = List.of();
        Branch nearest = branches.getFirst();
        for (Branch branch : branches) {
            List<Error> errors =
                    branch.schema() == null ? List.of() : branch.schema().validate(body);
            if (errors.isEmpty()) {
                return branch;
            }
            if (fewest.isEmpty() || errors.size() < fewest.size()) {
                fewest = errors;
                nearest = branch;
            }
        }
        throw new Deviation("not as documented for '%s': %s in %s"
                .formatted(nearest.outcome(), fewest, shortened(body.toString())));
    }

    private void checkHeaders(Map<String, String> actual, List<String> alsoRequired) throws Deviation {
        for (String required : alsoRequired) {
            require(actual.containsKey(required), "without " + required);
        }
        for (Map.Entry<String, Header> header : headers.entrySet()) {
            checkHeader(header.getKey(), header.getValue(), actual.get(header.getKey()));
        }
    }

    private static void checkHeader(String name, Header header, @Nullable String value) throws Deviation {
        if (value == null) {
            require(!header.required(), "without " + name);
            return;
        }
        JsonNode node = value.matches("[0-9]{1,18}")
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(value))
                : JsonNodeFactory.instance.stringNode(value);
        List<Error> errors = header.schema().validate(node);
        require(errors.isEmpty(), "%s: %s does not fit: %s".formatted(name, value, errors));
    }

    private static void require(boolean condition, String otherwise) throws Deviation {
        if (!condition) {
            throw new Deviation(otherwise);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 500 ? text : text.substring(0, 500) + "…";
    }
}
