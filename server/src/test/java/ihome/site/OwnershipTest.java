package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.apidocs.ApiOperation;
import ihome.platform.http.Route;
import ihome.testing.ApiClient;
import ihome.testing.OwnershipScene;
import ihome.testing.OwnershipScene.Things;
import ihome.testing.OwnershipScene.Who;
import ihome.testing.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may do what: every route of the server for everybody who might ask, by the table in {@code ownership.txt}. */
@Tag("slow")
class OwnershipTest {
    /** These say the same to all, but never twice: the time, a random captcha. */
    private static final Set<String> CHANGING = Set.of("/metrics", "/health/live", "/health/ready");

    /** In the order of the table's columns. */
    private static final List<Who> WHO = List.of(Who.values());

    private static final Map<String, List<String>> table = readTable();
    private static OwnershipScene scene;

    @BeforeAll
    static void start() {
        scene = new OwnershipScene();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static Map<String, List<String>> readTable() {
        try (InputStream in = OwnershipTest.class.getResourceAsStream("/ihome/ownership.txt")) {
            Map<String, List<String>> lines = new LinkedHashMap<>();
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arrays.asList(line.strip().split("\\s+", -1)))
                    .forEach(words -> lines.put(
                            String.join(" ", words.subList(0, words.size() - 5)),
                            words.subList(words.size() - 5, words.size())));
            return lines;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What a line is about: method and path, without the word that tells several requests apart. */
    private static String route(String line) {
        String[] words = line.split(" ", -1);
        return words[0] + " " + words[1];
    }

    private static String told(Reply reply) {
        boolean envelope = reply.status() == 200 && reply.header("Content-Type").startsWith("application/json");
        return envelope ? reply.errno() : Integer.toString(reply.status());
    }

    @Test
    void everyRouteIsInTheTable() {
        assertThat(scene.server.routes())
                .extracting(route -> route.method() + " " + route.path())
                .containsExactlyInAnyOrderElementsOf(table.keySet().stream()
                        .map(OwnershipTest::route)
                        .distinct()
                        .toList());
        Map<String, Route> routes = new HashMap<>();
        scene.server.routes().forEach(route -> routes.put(route.method() + " " + route.path(), route));
        table.forEach((line, cells) -> assertThat(
                        cells.getFirst().equals("4101") && !route(line).equals("GET /api/v1.0/session"))
                .as(line)
                .isEqualTo(Objects.requireNonNull(routes.get(route(line)))
                        .access()
                        .name()
                        .equals("LOGIN")));
        assertThat(table)
                .as("somebody may do it")
                .allSatisfy((line, cells) -> assertThat(cells)
                        .containsAnyOf("0", "200", "301", "404", "4201", "4004", "4106", "4001", "4002"));
    }

    @Test
    void everybodyGetsWhatTheTableSays() {
        Map<String, String> wrong = new TreeMap<>();
        table.forEach((line, cells) -> {
            for (Who who : Who.values()) {
                Reply reply = scene.ask(who, line);
                String expected = cells.get(WHO.indexOf(who));
                if (!told(reply).equals(expected)) {
                    wrong.put(line + " by " + who, expected + ", but was " + told(reply) + " " + shortened(reply));
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static String shortened(Reply reply) {
        String text = reply.text();
        return text.substring(0, Math.min(200, text.length()));
    }

    /** Somebody else's order, a house taken down, another house's photo: answered as if they were not there. */
    @Test
    void whatIsNotOnesOwnIsAsIfItWereNotThere() {
        List<String> hidden = table.keySet().stream()
                .filter(line -> line.contains("{order_id}") || line.endsWith(" down"))
                .toList();
        assertThat(hidden).hasSize(34);
        for (String line : hidden) {
            Reply missing = scene.send(Who.STRANGER, line, OwnershipScene.MISSING);
            Reply there = scene.ask(Who.STRANGER, line);
            assertThat(there.text()).as(line).isEqualTo(missing.text());
            assertThat(there.status()).as(line).isEqualTo(missing.status());
        }
        Reply noSession = scene.client(Who.STRANGER).delete("/sessions/" + "0".repeat(32));
        Reply othersSession = scene.ask(Who.STRANGER, "DELETE /api/v1.0/sessions/{session_id}");
        assertThat(othersSession.text()).isEqualTo(noSession.text());
        String remove = "DELETE /api/v1.0/houses/{house_id}/images/{image_id}";
        Things own = scene.prepare(remove);
        Things other = scene.prepare(remove);
        Reply missing = scene.send(Who.HOST, remove, new Things(own.house(), 0, 999_999_999));
        Reply there = scene.send(Who.HOST, remove, new Things(own.house(), 0, other.photo()));
        assertThat(there.text()).isEqualTo(missing.text());
        there.expect("4002");
    }

    /** What the public may see does not depend on who looks, but for the id that the contract has in it. */
    @Test
    void whatIsOpenToAllIsTheSameForAll() {
        for (Map.Entry<String, List<String>> line : table.entrySet()) {
            String path = line.getKey().substring(line.getKey().indexOf(' ') + 1);
            boolean forAll = line.getKey().startsWith("GET /")
                    && new HashSet<>(line.getValue()).size() == 1
                    && !CHANGING.contains(path)
                    && !path.contains("code/")
                    && !path.contains("image_codes/");
            if (forAll) {
                String nobody = seen(Who.NOBODY, line.getKey());
                for (Who who : Who.values()) {
                    assertThat(seen(who, line.getKey()))
                            .as(line.getKey() + " by " + who)
                            .isEqualTo(nobody);
                }
            }
        }
    }

    private static String seen(Who who, String line) {
        String text = scene.send(who, line, scene.houseThings()).text();
        return text.replaceAll("\"user_id\":-?[0-9]+,\"house\"", "\"user_id\":*,\"house\"");
    }

    /** Account, houses, orders, notices, favourites: everybody's own, and nobody else's. */
    @Test
    void whatIsOnesOwnIsOnesOwn() {
        scene.ask(Who.HOST, "PUT /api/v1.0/orders/{order_id}/status accept").expect("0");
        scene.ask(Who.GUEST, "PUT /api/v1.0/user/favourites/{house_id}").expect("0");
        ApiClient fresh = scene.server.registered();
        for (String list : List.of("houses", "orders", "notices", "favourites")) {
            JsonNode data = fresh.get("/user/" + list).expect("0").data();
            assertThat(data.path(list.equals("favourites") ? "houses" : list).size())
                    .as(list)
                    .isZero();
        }
        assertThat(fresh.get("/user/orders?role=landlord").data().path("orders").size())
                .isZero();
        assertThat(fresh.get("/user/houses/occupancy").data().path("houses").size())
                .isZero();
        assertThat(scene.client(Who.HOST)
                        .get("/user/houses")
                        .data()
                        .path("houses")
                        .size())
                .isPositive();
        assertThat(scene.client(Who.GUEST)
                        .get("/user/notices")
                        .data()
                        .path("notices")
                        .size())
                .isPositive();
        List<Long> ids = new ArrayList<>();
        for (Who who : List.of(Who.STRANGER, Who.GUEST, Who.HOST, Who.OWNER)) {
            ids.add(scene.client(who)
                    .get("/user")
                    .expect("0")
                    .data()
                    .path("user_id")
                    .asLong());
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    /**
     * Every write once more with a field for each column of the database that it does not take, and some that others
     * would take: it does what it did without them, and their values are nowhere in the database.
     */
    @Test
    void fieldsThatNobodyAskedForAreNeverBound() {
        Set<String> names = new HashSet<>(scene.server.texts("select column_name from information_schema.columns"
                + " where table_schema = current_schema() order by 1"));
        names.addAll(List.of(
                "admin",
                "is_admin",
                "role",
                "roles",
                "user",
                "house",
                "order",
                "total",
                "amount",
                "days",
                "fee",
                "hid",
                "ctime",
                "order_count",
                "rating",
                "__proto__",
                "constructor",
                "class",
                "$type",
                "@type"));
        Map<String, Set<String>> taken = new HashMap<>();
        ApiOperation.all()
                .forEach(operation ->
                        taken.put(operation.name(), operation.fields().keySet()));
        List<Object> canaries = List.of("canary-of-a-field", 987_654_321_987L);
        for (Object canary : canaries) {
            for (Map.Entry<String, List<String>> line : table.entrySet()) {
                Set<String> known = taken.getOrDefault(route(line.getKey()), Set.of());
                int allowed = line.getValue().indexOf("0");
                if (known.isEmpty() || allowed < 0 || line.getKey().endsWith("/user/auth")) {
                    continue;
                }
                Map<String, Object> extras = new LinkedHashMap<>();
                names.stream().filter(name -> !known.contains(name)).forEach(name -> extras.put(name, canary));
                scene.adding(extras);
                Reply reply = scene.ask(WHO.get(allowed), line.getKey());
                assertThat(reply.errno()).as(line.getKey() + reply.text()).isEqualTo("0");
            }
            scene.adding(Map.of());
        }
        for (String tableName : scene.server.texts(
                "select table_name from information_schema.tables where table_schema = current_schema()"
                        + " and table_type = 'BASE TABLE'")) {
            for (Object canary : canaries) {
                assertThat(scene.server.rows(tableName + " t where t::text like '%" + canary + "%'"))
                        .as(tableName + " has " + canary)
                        .isZero();
            }
        }
    }

    /** A status, a price, an owner that one would like to have. */
    @Test
    void whatTheServerDecidesIsDecidedByTheServer() {
        scene.adding(Map.of(
                "published", false, "status", "COMPLETE", "lodging", 1, "total", 1, "guest_id", 1, "owner_id", 1));
        long order = scene.ask(Who.GUEST, "POST /api/v1.0/orders")
                .expect("0")
                .data()
                .path("order_id")
                .asLong();
        long house = scene.ask(Who.HOST, "POST /api/v1.0/houses")
                .expect("0")
                .data()
                .path("house_id")
                .asLong();
        scene.adding(Map.of());
        JsonNode shown =
                scene.client(Who.GUEST).get("/orders/" + order).expect("0").data();
        assertThat(shown.path("status").asString()).isEqualTo("WAIT_ACCEPT");
        assertThat(shown.path("total").asLong()).isEqualTo(38_800 + 50_000);
        JsonNode seen = scene.client(Who.NOBODY)
                .get("/houses/" + house)
                .expect("0")
                .data()
                .path("house");
        assertThat(seen.path("user_id").asLong())
                .isEqualTo(scene.client(Who.HOST)
                        .get("/user")
                        .data()
                        .path("user_id")
                        .asLong());
    }
}
