package ihome.platform.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The one JSON mapper: records in snake case, numbers kept as decimals, bounded depth and lengths. */
public final class Json {
    /** Deeper nesting than this is refused as malformed. */
    public static final int MAX_DEPTH = 16;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(40)
                            .maxStringLength(64 * 1024)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** The JSON text of a record, list or map, in UTF-8. */
    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Writes one document with a generator; for shapes that are no record. */
    public static byte[] write(java.util.function.Consumer<JsonGenerator> body) {
        try (ByteArrayBuilder out = new ByteArrayBuilder();
                JsonGenerator generator = MAPPER.createGenerator(out)) {
            body.accept(generator);
            generator.flush();
            return out.toByteArray();
        }
    }

    /** Parses one whole document. Fails with {@link MalformedJson} when it is not JSON, too deep, or ambiguous. */
    public static JsonNode parse(byte[] utf8) throws MalformedJson {
        try {
            return MAPPER.readTree(utf8);
        } catch (JacksonException | NumberFormatException e) {
            // Jackson 3.2 lets the exception for an exponent beyond an int through.
            throw new MalformedJson();
        }
    }

    public static JsonNode parse(String text) throws MalformedJson {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException | NumberFormatException e) {
            // Jackson 3.2 lets the exception for an exponent beyond an int through.
            throw new MalformedJson();
        }
    }

    /** The text is not JSON that this server reads. It says no more: the text may hold personal data. */
    public static final class MalformedJson extends Exception {
        private MalformedJson() {
            super("malformed JSON", null, false, false);
        }
    }
}
