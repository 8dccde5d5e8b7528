package ihome.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The document itself: complete, and true to its own schemas. */
final class OpenApiDocumentTest {
    private final OpenApiReader reader = OpenApiReader.ofClassPath("/api/openapi.yaml");

    @Test
    void hasEveryOperation() {
        List<String> operations = new ArrayList<>();
        reader.document()
                .get("paths")
                .forEachEntry((path, item) -> item.properties().stream()
                        .filter(operation -> operation.getValue().has("operationId"))
                        .forEach(operation -> operations.add(operation.getKey() + " " + path)));
        assertThat(operations)
                .containsExactlyInAnyOrder(
                        "get /imagecode/{image_code_id}",
                        "get /smscode/{mobile}",
                        "post /users",
                        "put /users/password",
                        "put /user/password",
                        "get /sessions",
                        "delete /sessions",
                        "delete /sessions/{session_id}",
                        "delete /user",
                        "get /user/export",
                        "post /sessions",
                        "get /user",
                        "post /user/avatar",
                        "put /user/name",
                        "post /user/auth",
                        "get /user/auth",
                        "get /areas",
                        "get /cities",
                        "post /houses",
                        "post /houses/{house_id}/images",
                        "put /houses/{house_id}/images/order",
                        "delete /houses/{house_id}/images/{image_id}",
                        "put /houses/{house_id}",
                        "put /houses/{house_id}/published",
                        "put /houses/{house_id}/seasons",
                        "get /user/houses/{house_id}",
                        "get /user/houses/occupancy",
                        "get /user/income",
                        "get /user/favourites",
                        "post /user/favourites",
                        "put /user/favourites/{house_id}",
                        "delete /user/favourites/{house_id}",
                        "get /user/houses/{house_id}/calendar",
                        "delete /session",
                        "get /session",
                        "get /user/houses",
                        "get /houses/index",
                        "get /houses/{house_id}",
                        "get /houses",
                        "get /houses/{house_id}/quote",
                        "get /houses/{house_id}/calendar",
                        "get /houses/{house_id}/host",
                        "put /houses/{house_id}/calendar",
                        "post /orders",
                        "get /user/orders",
                        "get /orders/{order_id}",
                        "put /orders/{order_id}/status",
                        "get /orders/{order_id}/refund-preview",
                        "post /orders/{order_id}/payment",
                        "get /orders/{order_id}/change-preview",
                        "post /orders/{order_id}/changes",
                        "put /orders/{order_id}/changes/{change_id}",
                        "post /orders/{order_id}/changes/{change_id}/payment",
                        "post /orders/{order_id}/claims",
                        "put /orders/{order_id}/claims/{claim_id}",
                        "post /payment",
                        "put /order/payment",
                        "put /orders/{order_id}/comment",
                        "put /orders/{order_id}/reply",
                        "put /orders/{order_id}/guest-review",
                        "post /reports",
                        "get /user/notices",
                        "put /user/notices/read",
                        "get /user/waiting",
                        "get /house/index",
                        "get /image_codes/{image_code_id}",
                        "get /sms_codes/{mobile}",
                        "post /users/avatar",
                        "put /users/name",
                        "post /users/auth",
                        "get /users/auth",
                        "post /houses/info",
                        "post /houses/image",
                        "get /media/{kind}/{folder}/{file}",
                        "get /health/live",
                        "get /health/ready",
                        "get /metrics",
                        "get /openapi.yaml");
    }

    /** Each operation that needs a session says so in its answers, and no other does. */
    @Test
    void loginIsAskedForWhereTheSessionIsRequired() {
        for (Map.Entry<String, JsonNode> path : reader.document().get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (operation.getValue().has("operationId")) {
                    JsonNode answered = operation.getValue().get("responses").path("200");
                    boolean refuses = (answered.has("$ref")
                                    ? reader.at(answered.get("$ref").asString())
                                    : answered)
                            .toString()
                            .contains("schemas/NotLoggedIn");
                    assertThat(refuses)
                            .as("%s %s", operation.getKey(), path.getKey())
                            .isEqualTo(!operation.getValue().has("security"));
                }
            }
        }
    }

    @TestFactory
    List<DynamicTest> everyExampleFitsItsSchema() {
        Map<String, JsonNode> examples = new LinkedHashMap<>();
        collect("#", reader.document(), examples);
        assertThat(examples).hasSizeGreaterThan(70);
        List<DynamicTest> tests = new ArrayList<>();
        examples.forEach((place, example) -> tests.add(DynamicTest.dynamicTest(place, () -> {
            Schema schema = reader.compile(place.substring(0, place.indexOf(" ")));
            assertThat(schema.validate(value(example))).isEmpty();
        })));
        return tests;
    }

    private JsonNode value(JsonNode example) {
        return example.has("$ref") ? value(reader.at(example.get("$ref").asString())) : example.get("value");
    }

    private static void collect(String pointer, JsonNode node, Map<String, JsonNode> examples) {
        if (node.has("schema") && node.path("examples").isObject()) {
            node.get("examples")
                    .forEachEntry((name, example) ->
                            examples.put(OpenApiReader.pointer(pointer, "schema") + " " + name, example));
        }
        node.properties()
                .forEach(child -> collect(OpenApiReader.pointer(pointer, child.getKey()), child.getValue(), examples));
    }
}
