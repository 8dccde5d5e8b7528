package ihome.privacy;

import ihome.booking.Market;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Reply;
import ihome.testing.SamplePicture;
import ihome.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A host and a guest of whom every feature keeps something, and what is kept of them as text that is the same in each run. */
final class PersonalDataScene implements AutoCloseable {
    private static final Pattern MOBILE = Pattern.compile("\\b1[3-9][0-9]{9}\\b");

    /** Other nodes' and jobs' business, or of the moment. */
    private static final String OF_THE_MOMENT =
            "'flyway_schema_history', 'ephemeral', 'rate_limit', 'change_log', 'outbox', 'identity_key_node'";

    final Market market = new Market();
    final TestServer server = market.server;
    final ApiClient guest = market.guest;
    final ApiClient host = market.host;

    /** Everything that may be in an export, on both sides; no money is under way. */
    PersonalDataScene play() {
        people();
        long house = house();
        long order = market.booked(house, 1, 3);
        var _ = market.pay(order, "trade-" + order);
        send(guest, "PUT", "/user/favourites/" + house, Map.of());
        long change = send(host, "POST", "/orders/" + order + "/changes", Map.of("guests", Map.of("adults", 2)))
                .path("change_id")
                .asLong();
        send(guest, "PUT", "/orders/" + order + "/changes/" + change, Map.of("action", "accept"));
        send(
                guest,
                "PUT",
                "/orders/" + order + "/occupants",
                Map.of(
                        "occupants",
                        List.of(
                                Map.of("name", "林同住", "id_type", "passport", "id_number", "E12345678"),
                                Map.of(
                                        "name", "林同行",
                                        "id_type", "id_card",
                                        "id_number", "11010519491231002X",
                                        "mobile", "13912345678"))));
        server.advance(Duration.ofDays(5));
        market.settleDue();
        reviews(order);
        claim(order);
        var _ = market.refundAll();
        server.sql("insert into payment (trade, order_id, provider, amount, state, expires_at, created_at, next_check)"
                + " select 'trade-1', id, 'cashier', 1, 'CLOSED', created_at, created_at, created_at from orders");
        server.sql("insert into idempotency (account_id, operation, key, asked, created_at)"
                + " select id, 'order', 'key', 'asked', now() from account");
        return this;
    }

    private void people() {
        send(guest, "PUT", "/user/name", Map.of("name", "房客小林"));
        send(host, "PUT", "/user/name", Map.of("name", "房东老周"));
        for (ApiClient who : List.of(guest, host)) {
            who.upload("/user/avatar", "avatar", SamplePicture.jpeg(400, 400)).expect("0");
            send(who, "POST", "/user/auth", Map.of("real_name", "林导出", "id_card", "11010519491231002X"));
        }
    }

    private long house() {
        long house = market.house(Map.of(
                "instant_booking", true,
                "description", "老周的小院",
                "rules", "老周说了算",
                "door", "3 号楼 1701",
                "arrival_guide", "密码 408172#",
                "latitude", 39.9,
                "longitude", 116.4));
        host.upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg(800, 600))
                .expect("0");
        String season = "[{\"from\": \"2026-07-01\", \"to\": \"2026-07-05\", \"price\": 9}]";
        host.put("/houses/" + house + "/seasons", season).expect("0");
        return house;
    }

    private void reviews(long order) {
        send(guest, "PUT", "/orders/" + order + "/comment", Map.of("comment", "院子很安静", "stars", 5));
        send(host, "PUT", "/orders/" + order + "/reply", Map.of("reply", "欢迎再来"));
        send(host, "PUT", "/orders/" + order + "/guest-review", Map.of("stars", 4, "text", "很爱惜房间"));
        for (ApiClient who : List.of(guest, host)) {
            send(who, "POST", "/reports", Map.of("kind", "review", "id", order, "reason", "untrue", "text", "并不是这样"));
        }
    }

    private void claim(long order) {
        long claim = send(host, "POST", "/orders/" + order + "/claims", Map.of("amount", 120, "reason", "落地灯被打碎"))
                .path("claim_id")
                .asLong();
        send(guest, "PUT", "/orders/" + order + "/claims/" + claim, Map.of("action", "accept", "text", "是我"));
    }

    private static JsonNode send(ApiClient who, String method, String path, Map<String, Object> body) {
        String json = Json.text(body);
        Reply reply = method.equals("POST") ? who.post(path, json) : who.put(path, json);
        return reply.expect("0").data();
    }

    long idOf(ApiClient who) {
        return who.get("/user").expect("0").data().path("user_id").asLong();
    }

    /** Over HTTP. */
    static void erase(ApiClient who) {
        String password = Json.text(Map.of("password", TestServer.PASSWORD));
        who.send("DELETE", "/user", "application/json", BodyPublishers.ofString(password))
                .expect("0");
    }

    /** An export, without what differs from run to run. */
    static String export(ApiClient who) {
        JsonNode export = who.get("/user/export").expect("0").data();
        settle(export, new LinkedHashMap<>());
        return MOBILE.matcher(export.toPrettyString()).replaceAll("MOBILE") + "\n";
    }

    private static void settle(JsonNode node, Map<String, List<Long>> seen) {
        if (node instanceof ArrayNode array) {
            array.forEach(each -> settle(each, seen));
        } else if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode value = object.path(name);
                settle(value, seen);
                if (name.endsWith("_id") && value.isNumber()) {
                    List<Long> ids = seen.computeIfAbsent(name, _ -> new ArrayList<>());
                    if (!ids.contains(value.asLong())) {
                        ids.add(value.asLong());
                    }
                    object.put(name, ids.indexOf(value.asLong()) + 1);
                } else if (name.equals("avatar") && !value.asString().isEmpty()) {
                    object.put(name, "AVATAR");
                }
            }
        }
    }

    /** What a piece of work does to the tables: rows that are deleted, changed and added, and values of changed columns. */
    String changesBy(Runnable work) {
        Map<String, Map<String, JsonNode>> before = tables();
        work.run();
        Map<String, Map<String, JsonNode>> after = tables();
        StringBuilder text = new StringBuilder();
        before.forEach((table, rows) -> {
            Map<String, JsonNode> now = after.getOrDefault(table, Map.of());
            int deleted = 0;
            int changed = 0;
            TreeSet<String> columns = new TreeSet<>();
            for (Map.Entry<String, JsonNode> row : rows.entrySet()) {
                JsonNode other = now.get(row.getKey());
                if (other == null) {
                    deleted++;
                } else if (!other.equals(row.getValue())) {
                    changed++;
                    columns.addAll(differences(row.getValue(), other));
                }
            }
            long added =
                    now.keySet().stream().filter(key -> !rows.containsKey(key)).count();
            if (deleted + changed + added > 0) {
                text.append(
                        "%s: deleted %d, added %d, changed %d %s%n".formatted(table, deleted, added, changed, columns));
            }
        });
        return text.toString();
    }

    private static List<String> differences(JsonNode before, JsonNode after) {
        return after.propertyStream()
                .filter(column -> !column.getValue().equals(before.path(column.getKey())))
                .map(column -> column.getKey()
                        + (column.getKey().endsWith("_at") && column.getValue().isString()
                                ? " is set"
                                : "=" + column.getValue()))
                .toList();
    }

    /** All rows of all tables, by their primary keys. */
    private Map<String, Map<String, JsonNode>> tables() {
        Map<String, Map<String, JsonNode>> tables = new TreeMap<>();
        for (String table :
                server.texts("select relname from pg_class where relkind in ('r', 'p') and not relispartition"
                        + " and relnamespace = current_schema()::regnamespace and relname not in (" + OF_THE_MOMENT
                        + ")")) {
            List<String> key = server.texts("select attname from pg_index join pg_attribute on attrelid = indrelid and"
                    + " attnum = any(indkey) where indisprimary and indrelid = '" + table
                    + "'::regclass order by attnum");
            Map<String, JsonNode> rows = new TreeMap<>();
            for (String row : server.texts("select to_jsonb(t)::text from " + table + " t")) {
                JsonNode read = parsed(row);
                rows.put(
                        key.isEmpty()
                                ? row
                                : key.stream().map(read::path).toList().toString(),
                        read);
            }
            tables.put(table, rows);
        }
        return tables;
    }

    private static JsonNode parsed(String json) {
        try {
            return Json.parse(json);
        } catch (Json.MalformedJson e) {
            throw new AssertionError(json, e);
        }
    }

    @Override
    public void close() {
        market.close();
    }
}
