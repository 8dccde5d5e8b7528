package ihome.apidocs;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import ihome.apidocs.DocumentedAnswer.Branch;
import ihome.apidocs.DocumentedAnswer.Header;
import ihome.apidocs.OpenApiContract.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads an OpenAPI 3.1 document of our own style: local references only, schemas of JSON Schema 2020-12. */
final class OpenApiReader {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final String REQUIRED_HEADERS = "x-required-headers";
    private static final String IRI = "https://ihome.invalid/openapi.json";

    private final JsonNode document;
    private final SchemaRegistry registry;

    private OpenApiReader(JsonNode document) {
        this.document = document;
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .locale(Locale.ENGLISH)
                .build();
        Dialect dialect = Dialect.builder(Dialects.getDraft202012())
                .keyword(new NonValidationKeyword(REQUIRED_HEADERS))
                .build();
        this.registry = SchemaRegistry.withDialect(
                dialect, registry -> registry.schemaRegistryConfig(config).schemas(Map.of(IRI, document.toString())));
    }

    static OpenApiReader ofClassPath(String name) {
        try (InputStream in = OpenApiReader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return new OpenApiReader(new YAMLMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode document() {
        return document;
    }

    /** Where the API lies: the first server of the document. */
    String base() {
        return address(document);
    }

    /** The operations, those with fewer parameters in their path first, as OpenAPI matches them. */
    List<Route> routes() {
        List<Map.Entry<String, JsonNode>> paths =
                new ArrayList<>(document.get("paths").properties());
        paths.sort(Comparator.comparingLong(
                p -> p.getKey().chars().filter(c -> c == '{').count()));
        List<Route> routes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : paths) {
            String address = (path.getValue().has("servers") ? address(path.getValue()) : base()) + path.getKey();
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    String method = operation.getKey().toUpperCase(Locale.ROOT);
                    String pointer = pointer("#/paths", path.getKey(), operation.getKey(), "responses");
                    routes.add(new Route(method, pattern(address), answers(method + " " + address, pointer)));
                }
            }
        }
        return routes;
    }

    /** The answers to requests that fit no operation, by status. */
    Map<String, DocumentedAnswer> anyRequest() {
        return answers("any request", "#/x-any-request");
    }

    private static String address(JsonNode withServers) {
        String url = withServers.get("servers").get(0).get("url").asString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static Pattern pattern(String address) {
        StringBuilder regex = new StringBuilder();
        for (String part : address.split("(?=\\{)|(?<=})", -1)) {
            regex.append(part.startsWith("{") ? "[^/]+" : Pattern.quote(part));
        }
        return Pattern.compile(regex.toString());
    }

    private Map<String, DocumentedAnswer> answers(String operation, String pointer) {
        Map<String, DocumentedAnswer> answers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> response : at(pointer).properties()) {
            String status = response.getKey();
            String own = pointer(pointer, status);
            String target = target(own);
            // What is referred to is shared by the operations, and one test of it is enough.
            String name = (target.equals(own) ? operation : "any request") + " " + status;
            answers.put(status, new DocumentedAnswer(name, headers(target), content(name, target)));
        }
        return answers;
    }

    private Map<String, Header> headers(String response) {
        Map<String, Header> headers = new LinkedHashMap<>();
        for (String name : names(at(response).path("headers"))) {
            String header = target(pointer(response, "headers", name));
            boolean required = at(header).path("required").asBoolean(false);
            headers.put(name, new Header(required, compile(pointer(header, "schema"))));
        }
        return headers;
    }

    private Map<String, List<Branch>> content(String name, String response) {
        Map<String, List<Branch>> content = new LinkedHashMap<>();
        for (String mediaType : names(at(response).path("content"))) {
            String schema = pointer(response, "content", mediaType, "schema");
            boolean json = mediaType.equals("application/json");
            List<Branch> branches = new ArrayList<>();
            int alternatives = at(schema).path("oneOf").size();
            for (int i = 0; i < alternatives; i++) {
                branches.add(branch(name, pointer(schema, "oneOf", Integer.toString(i)), json));
            }
            content.put(mediaType, alternatives == 0 ? List.of(branch(name, schema, json)) : List.copyOf(branches));
        }
        return content;
    }

    private Branch branch(String name, String schema, boolean json) {
        JsonNode title = inherited(schema, "title");
        List<String> headers = new ArrayList<>();
        JsonNode required = inherited(schema, REQUIRED_HEADERS);
        if (required != null) {
            required.forEach(header -> headers.add(header.asString()));
        }
        String outcome = title == null ? name : name + " " + title.asString();
        return new Branch(outcome, json ? compile(schema) : null, List.copyOf(headers));
    }

    /** A keyword of a schema, or else of the one that it refers to. */
    private @Nullable JsonNode inherited(String schema, String keyword) {
        JsonNode node = at(schema);
        if (node.has(keyword)) {
            return node.get(keyword);
        }
        return node.has("$ref") ? inherited(node.get("$ref").asString(), keyword) : null;
    }

    Schema compile(String pointer) {
        // The compiler finds a schema by the fragment of its address; a schema of one reference spares the encoding.
        ObjectNode reference = new YAMLMapper().createObjectNode();
        reference.put("$ref", IRI + pointer.replace("{", "%7B").replace("}", "%7D"));
        Schema schema =
                registry.getSchema(SchemaLocation.of(IRI + "/" + Integer.toHexString(pointer.hashCode())), reference);
        schema.initializeValidators();
        return schema;
    }

    /** Follows a reference that stands for the whole object. */
    private String target(String pointer) {
        JsonNode node = at(pointer);
        return node.has("$ref") ? target(node.get("$ref").asString()) : pointer;
    }

    JsonNode at(String pointer) {
        return document.at(pointer.substring(1));
    }

    static String pointer(String start, String... names) {
        StringBuilder pointer = new StringBuilder(start);
        for (String name : names) {
            pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
