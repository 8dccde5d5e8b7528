package ihome.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import ihome.platform.json.Json;
import ihome.platform.money.Money;
import ihome.platform.problem.BusinessException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Any bytes as a JSON body, every field read in every way: a refusal, or a value within the bounds that were asked for. */
public final class JsonBodyFuzz {
    private JsonBodyFuzz() {}

    /** What is loaded at the first call takes longer, with coverage counted, than Jazzer lets one input take. */
    public static void fuzzerInitialize() {
        seeds().forEach(JsonBodyFuzz::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] body) {
        JsonNode node;
        try {
            node = Json.parse(body);
        } catch (Json.MalformedJson e) {
            return;
        }
        if (node.isArray()) {
            read(() -> {
                List<RequestFields> objects = RequestFields.listOf(node, "list", 10);
                require(objects.size() <= 10);
                objects.forEach(inner -> readAll(inner, "a"));
            });
        }
        if (!node.isObject()) {
            return;
        }
        RequestFields fields = new RequestFields(node);
        for (String name : node.propertyNames()) {
            readAll(fields, name);
            read(() -> fields.object(name).ifPresent(inner -> readAll(inner, "f")));
        }
        read(fields::texts);
    }

    private static void readAll(RequestFields fields, String name) {
        read(() -> require(JsonScalars.storable(fields.text(name, 0, 1_000))));
        read(() -> require(fields.line(name, 1, 64).indexOf('\n') < 0));
        read(() -> require(JsonScalars.storable(fields.rawText(name, 65_536, "too long"))));
        read(() -> require(Math.abs(fields.integer(name, -5, 100)) <= 100));
        read(() -> {
            long fen = fields.yuan(name, new Money(1), Money.ofYuan(1_000_000)).fen();
            require(fen >= 1 && fen <= 100_000_000);
        });
        read(() -> require(fields.decimal(name, new BigDecimal(-90), new BigDecimal(90), 6)
                        .abs()
                        .compareTo(new BigDecimal(90))
                <= 0));
        read(() -> require(fields.ids(name, 100).stream().allMatch(id -> id > 0)));
        read(() -> require(fields.integers(name, 64).size() <= 64));
        read(() -> fields.optionalText(name, 100));
        read(() -> fields.flag(name));
        read(() -> fields.requiredFlag(name));
        read(() -> require(fields.id(name) > 0));
    }

    private static void read(Runnable way) {
        try {
            way.run();
        } catch (BusinessException | RequestFailure refused) {
            // What a client is told; anything else would be a 500.
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("a value out of its bounds was taken");
        }
    }

    public static List<byte[]> seeds() {
        return Stream.of(
                        "{\"title\":\"四合院\",\"price\":\"388.00\",\"area_id\":1,\"facility\":[1,\"2\"],\"published\":true}",
                        "{\"a\":1e39,\"b\":-0.0,\"c\":null,\"d\":\"\\ud83d\\ude00\",\"e\":{\"f\":[[]]}}",
                        "{\"a\":\"\\u0000\",\"b\":\"\\ud800\",\"c\":1E400000000000000000000}",
                        "{\"guests\":{\"f\":2},\"seasons\":[{\"f\":\"x\"},{\"f\":null}]}",
                        "[{\"a\":1},{\"a\":[]},2]",
                        "{\"latitude\":39.9042,\"image_ids\":[3,2,1]}")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }
}
