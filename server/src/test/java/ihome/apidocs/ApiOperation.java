package ihome.apidocs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One operation of the API document with what it takes, for tests that are made from the document.
 *
 * @param path from the root, with names in braces
 * @param mediaType the body's; null without one
 * @param fields the body's fields by name, each with its schema
 * @param required the fields that have to be there
 * @param example a body as the document shows it; an empty object where it shows none
 */
public record ApiOperation(
        String method,
        String path,
        List<Parameter> parameters,
        @Nullable String mediaType,
        Map<String, JsonNode> fields,
        Set<String> required,
        JsonNode example) {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    /** What stands in path, query or header; its example is never empty. */
    public record Parameter(String name, String in, JsonNode schema, String example) {}

    /**
     * A field of an object that is itself a field.
     *
     * @param schemas of all fields of the object, by name
     */
    public record Inner(String outer, String name, Map<String, JsonNode> schemas) {
        /** As a refusal names it. */
        public String path() {
            return outer + "." + name;
        }
    }

    /** The fields of the objects among the fields. */
    public List<Inner> inner() {
        List<Inner> all = new ArrayList<>();
        fields.forEach((outer, schema) -> {
            Map<String, JsonNode> schemas = new LinkedHashMap<>();
            schema.path("properties").properties().forEach(each -> schemas.put(each.getKey(), each.getValue()));
            schemas.keySet().forEach(name -> all.add(new Inner(outer, name, schemas)));
        });
        return all;
    }

    /** As the table of routes names it. */
    public String name() {
        return method + " " + path;
    }

    /** All operations, in the order of the document. */
    public static List<ApiOperation> all() {
        OpenApiReader reader = OpenApiReader.ofClassPath("/api/openapi.yaml");
        List<ApiOperation> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : reader.document().get("paths").properties()) {
            JsonNode servers = path.getValue().get("servers");
            String base =
                    servers == null ? reader.base() : servers.get(0).get("url").asString();
            String address = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path.getKey();
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    all.add(read(
                            reader,
                            operation.getKey().toUpperCase(Locale.ROOT),
                            address,
                            path.getValue().path("parameters"),
                            operation.getValue()));
                }
            }
        }
        return all;
    }

    private static ApiOperation read(
            OpenApiReader reader, String method, String path, JsonNode ofPath, JsonNode operation) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode list : List.of(ofPath, operation.path("parameters"))) {
            for (JsonNode each : list) {
                JsonNode parameter = resolved(reader, each);
                JsonNode schema = resolved(reader, parameter.path("schema"));
                parameters.add(new Parameter(
                        parameter.path("name").asString(),
                        parameter.path("in").asString(),
                        schema,
                        parameter.path("example").asString("1")));
            }
        }
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        Set<String> required = new java.util.LinkedHashSet<>();
        String mediaType = null;
        JsonNode example = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> content :
                operation.path("requestBody").path("content").properties()) {
            if (mediaType != null) {
                break;
            }
            mediaType = content.getKey();
            JsonNode schema = resolved(reader, content.getValue().path("schema"));
            schema.path("properties")
                    .properties()
                    .forEach(field -> fields.put(field.getKey(), resolved(reader, field.getValue())));
            schema.path("required").forEach(name -> required.add(name.asString()));
            for (JsonNode shown : content.getValue().path("examples")) {
                example = resolved(reader, shown).path("value");
                break;
            }
        }
        return new ApiOperation(method, path, List.copyOf(parameters), mediaType, fields, required, example);
    }

    private static JsonNode resolved(OpenApiReader reader, JsonNode node) {
        return node.has("$ref") ? resolved(reader, reader.at(node.get("$ref").asString())) : node;
    }
}
