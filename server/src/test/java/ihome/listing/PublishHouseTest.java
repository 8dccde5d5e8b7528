package ihome.listing;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Endpoint 11: what is published, what is refused, and that a refusal stores nothing. */
class PublishHouseTest {
    private static TestServer server;
    private static ApiClient host;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        host = server.registered();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyFieldIsKept() {
        long house = SampleHouse.house()
                .with("title", "\" 𠮷祥 <b>&amp;\\\"院\\\" \"")
                .with("max_days", "\"30\"")
                .with("facility", "[3, \"1\", 99, 1]")
                .with("order_count", 1000)
                .with("owner_id", 1)
                .publish(host);
        JsonNode full = detail(house);
        assertThat(full.path("hid").asLong()).isEqualTo(house);
        assertThat(full.path("title").asString()).isEqualTo("𠮷祥 <b>&amp;\"院\"");
        assertThat(full.path("price").asLong()).isEqualTo(38_800);
        assertThat(full.path("address").asString()).isEqualTo("鼓楼东大街 12 号");
        assertThat(full.path("room_count").asInt()).isEqualTo(2);
        assertThat(full.path("acreage").asInt()).isEqualTo(60);
        assertThat(full.path("unit").asString()).isEqualTo("两室一厅");
        assertThat(full.path("capacity").asInt()).isEqualTo(4);
        assertThat(full.path("beds").asString()).isEqualTo("双人床2张");
        assertThat(full.path("deposit").asLong()).isEqualTo(50_000);
        assertThat(full.path("min_days").asInt()).isEqualTo(1);
        assertThat(full.path("max_days").asInt()).isEqualTo(30);
        assertThat(full.path("facilities").toString()).isEqualTo("[1,3]");
        assertThat(full.path("user_id").asLong())
                .isEqualTo(host.get("/user").data().path("user_id").asLong());
        assertThat(server.number("select order_count from house where id = " + house))
                .as("a field that is not asked for is not bound")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"19.90\" | 1990", "19.90 | 1990", "19.9 | 1990", "0.1 | 10", "0.3 | 30", "0.07 | 7", "1.15 | 115",
                "4.35 | 435", "\"0.01\" | 1", "1e2 | 10000", "1.1E1 | 1100", "\" 5 \" | 500", "\"007\" | 700",
                        "100.000 | 10000",
                "\"1000000\" | 100000000", "1000000.00 | 100000000", "8192.33 | 819233"
            })
    void moneyIsReadAsADecimal(String yuan, long fen) {
        long house =
                SampleHouse.house().with("price", yuan).with("deposit", yuan).publish(host);
        assertThat(detail(house).path("price").asLong()).isEqualTo(fen);
        assertThat(detail(house).path("deposit").asLong()).isEqualTo(fen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1e3\"",
                "-1",
                "\"-1\"",
                "1.234",
                "\"1.234\"",
                "\"1.\"",
                "\".5\"",
                "\"NaN\"",
                "\"１２\"",
                "\"1,000\"",
                "\"+5\"",
                "\"\"",
                "\" \"",
                "\"0x10\"",
                "\"1 0\"",
                "1000000.01",
                "\"1000000.01\"",
                "1e40",
                "1e-40",
                "1e400",
                "1e-400",
                "99999999999999999999",
                "\"999999999999\""
            })
    void whatIsNoAmountIsRefused(String yuan) {
        refused("price", yuan);
        refused("deposit", yuan);
    }

    @Test
    void aHouseIsNotFreeButItsDepositMayBeNothing() {
        refused("price", "0");
        refused("price", "\"0.00\"");
        assertThat(detail(SampleHouse.house().with("deposit", 0).publish(host))
                        .path("deposit")
                        .asLong(-1))
                .isZero();
    }

    static List<String> required() {
        return List.of(
                "title",
                "price",
                "address",
                "area_id",
                "room_count",
                "acreage",
                "unit",
                "capacity",
                "beds",
                "deposit",
                "min_days",
                "max_days");
    }

    @ParameterizedTest
    @MethodSource("required")
    void eachFieldIsRequiredAndOfItsKind(String field) {
        long before = houses();
        host.post("/houses", SampleHouse.house().without(field).json()).expectBadField(field);
        assertThat(houses()).isEqualTo(before);
        for (String json : List.of("null", "true", "[]", "{}", "[1]", "{\"a\": 1}", "\"\"", "\"  \"", "\"\\u0000\"")) {
            refused(field, json);
        }
    }

    @ParameterizedTest
    @CsvSource({"title,128", "address,255", "unit,64", "beds,128"})
    void textsAreCountedInCharacters(String field, int longest) {
        String most = "\"" + "𠮷".repeat(longest) + "\"";
        SampleHouse.house().with(field, most).publish(host);
        SampleHouse.house().with(field, "\"宅\"").publish(host);
        refused(field, "\"" + "𠮷".repeat(longest) + "宅\"");
        for (String bad : List.of(
                "a\\u0000b", "\\ud842", "\\udfb7", "\\udfb7\\ud842", "两\\n行", "一\\t格", "\\u001b[31m", "\\u007f")) {
            refused(field, "\"" + bad + "\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"room_count,0,100", "acreage,0,100000", "capacity,1,100", "min_days,1,365", "max_days,0,365"})
    void numbersHaveBounds(String field, int min, int max) {
        // A stay of at most 365 nights lets each value of min_days stand.
        for (Object good : List.of(min, max, "\"" + max + "\"", "\" " + min + " \"", max + ".0")) {
            SampleHouse.house().with(field, good).publish(host);
        }
        for (Object bad : List.of(
                min - 1,
                max + 1,
                "\"" + (max + 1) + "\"",
                "1.5",
                "\"1.0\"",
                "\"1e1\"",
                "\"abc\"",
                "\"１\"",
                "99999999999",
                "2147483648",
                "4294967297",
                "-2147483649",
                "1e30",
                "1e400")) {
            refused(field, bad.toString());
        }
    }

    @Test
    void anAreaHasToExist() {
        for (String area : List.of("17", "\"17\"", "32767")) {
            long before = houses();
            host.post("/houses", SampleHouse.house().with("area_id", area).json())
                    .expectBadField("area_id", "城区不存在");
            assertThat(houses()).isEqualTo(before);
        }
        for (String area : List.of("0", "-1", "32768", "65537", "\"\"", "\"东城区\"")) {
            refused("area_id", area);
        }
    }

    @Test
    void theLongestStayIsNotShorterThanTheShortest() {
        long before = houses();
        host.post(
                        "/houses",
                        SampleHouse.house()
                                .with("min_days", 3)
                                .with("max_days", 2)
                                .json())
                .expectBadField("max_days", "最多入住晚数不能小于最少入住晚数");
        assertThat(houses()).isEqualTo(before);
        SampleHouse.house().with("min_days", 3).with("max_days", 3).publish(host);
        SampleHouse.house().with("min_days", 365).with("max_days", 0).publish(host);
    }

    @Test
    void unknownFacilitiesAreDropped() {
        long house = SampleHouse.house()
                .with(
                        "facility",
                        "[23, 24, 0, -1, \"2\", \" 5 \", \"x\", \"\", null, true, 1.5, [7], {\"a\": 8}, 2.0,"
                                + " 4294967297, \"\\ud800\", 1e400, 23]")
                .publish(host);
        assertThat(detail(house).path("facilities").toString()).isEqualTo("[2,5,23]");
        for (String none : List.of("[]", "null")) {
            assertThat(detail(SampleHouse.house().with("facility", none).publish(host))
                            .path("facilities")
                            .toString())
                    .isEqualTo("[]");
        }
        for (String noList : List.of(
                "1", "\"1,2\"", "{}", "true", Collections.nCopies(101, 1).toString())) {
            refused("facility", noList);
        }
    }

    @Test
    void aFailingStoreIsSaidSoAndStoresNothing() {
        long before = houses();
        String house = SampleHouse.house().with("facility", "[1, 2]").json();
        Runnable refused = () -> host.post("/houses", house).expect("4001", "查询房屋配套设施异常");
        for (String table : List.of("facility", "house_facility", "house")) {
            server.without(table, refused);
        }
        server.state().withoutSessions(refused);
        server.refusing(
                "insert", "house_facility", () -> host.post("/houses", house).expect("4001", "查询房屋配套设施异常"));
        assertThat(houses()).isEqualTo(before);
        host.post("/houses", house).expect("0");
    }

    @Test
    void onlyWhoIsLoggedInPublishes() {
        long before = houses();
        String house = SampleHouse.house().json();
        server.client().post("/houses", house).expect("4101", "用户未登录");
        for (String token : List.of("x", "a".repeat(43), "0".repeat(4000), "'; drop table house; --")) {
            server.client().session(token).post("/houses", house).expect("4101", "用户未登录");
        }
        assertThat(houses()).isEqualTo(before);
    }

    static List<byte[]> malformed() {
        List<String> texts = new ArrayList<>(List.of(
                "",
                " ",
                "{",
                "[]",
                "1",
                "null",
                "\"x\"",
                "true",
                "{} {}",
                "{}x",
                "{'title': 1}",
                "{\"title\": NaN}",
                "{\"title\": 1,}",
                "{\"title\": 1, \"title\": 2}",
                "{\"a\": {\"b\": 1, \"b\": 2}}",
                "[".repeat(5000),
                "{\"a\":".repeat(17) + "1" + "}".repeat(17),
                "{\"price\": " + "9".repeat(41) + "}",
                "{\"price\": 01}",
                "{\"price\": 1e999999999999}",
                "{\"title\": \"\\x\"}",
                "{\"title\": \"a\nb\"}",
                "\ufeff\ufeff{}"));
        texts.add("{\"title\": \"" + "\u0000" + "\"}");
        List<byte[]> bodies = new ArrayList<>();
        texts.forEach(text -> bodies.add(text.getBytes(StandardCharsets.UTF_8)));
        bodies.add("{\"title\": \"院子\"}".getBytes(Charset.forName("GBK")));
        bodies.add("{\"title\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        bodies.add(new byte[] {(byte) 0xff, (byte) 0xff});
        return bodies;
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsNoJsonObjectIsMalformed(byte[] body) {
        Reply reply = host.send("POST", "/houses", "application/json", BodyPublishers.ofByteArray(body))
                .expectStatus(400);
        assertThat(reply.errno()).isEqualTo("4103");
    }

    /** Half pairs and NUL hidden in wrong UTF-8. */
    @Test
    void wrongUtf8IsNeverStored() {
        long before = houses();
        byte[] json = SampleHouse.house().with("title", "\"@@@\"").json().getBytes(StandardCharsets.UTF_8);
        int at = new String(json, StandardCharsets.ISO_8859_1).indexOf("@@@");
        for (int[] wrong : List.of(
                new int[] {0xed, 0xa0, 0x80}, new int[] {'a', 0xc0, 0x80}, new int[] {0xe0, 0x80, 0x80}, new int[] {
                    0xf8, 0x88, 0x80
                })) {
            byte[] body = json.clone();
            for (int i = 0; i < 3; i++) {
                body[at + i] = (byte) wrong[i];
            }
            Reply reply = host.send("POST", "/houses", "application/json", BodyPublishers.ofByteArray(body));
            assertThat(reply.errno()).isEqualTo("4103");
        }
        assertThat(houses()).isEqualTo(before);
    }

    @Test
    void aBodyHasABound() {
        for (int size : List.of(65_537, 1 << 20)) {
            String json = SampleHouse.house()
                    .with("title", "\"" + "x".repeat(size) + "\"")
                    .json();
            assertThat(host.post("/houses", json).expectStatus(413).errno()).isEqualTo("4201");
        }
        // At the bound it is read, and is too long a title.
        String rest = SampleHouse.house().with("title", "\"\"").json();
        String whole = SampleHouse.house()
                .with("title", "\"" + "x".repeat(65_536 - rest.getBytes(StandardCharsets.UTF_8).length) + "\"")
                .json();
        host.post("/houses", whole).expectBadField("title");
    }

    @Test
    void onlyJsonIsRead() {
        String house = SampleHouse.house().json();
        for (Map.Entry<String, Integer> type : Map.of(
                        "text/plain", 415,
                        "application/x-www-form-urlencoded", 415,
                        "multipart/form-data; boundary=x", 415,
                        "jason", 415,
                        "application/json; charset=utf-8", 200,
                        "APPLICATION/JSON", 200)
                .entrySet()) {
            host.send("POST", "/houses", type.getKey(), BodyPublishers.ofString(house))
                    .expectStatus(type.getValue());
        }
        host.send("POST", "/houses", null, BodyPublishers.ofString(house)).expectStatus(415);
        Reply packed = server.client()
                .session(host.session())
                .with("Content-Encoding", "gzip")
                .post("/houses", house);
        assertThat(packed.status()).isIn(400, 415);
    }

    private static void refused(String field, String json) {
        long before = houses();
        Reply reply = host.post("/houses", SampleHouse.house().with(field, json).json());
        assertThat(reply.status()).as("%s: %s: %s", field, json, reply.text()).isEqualTo(200);
        assertThat(reply.errno()).as("%s: %s", field, json).isEqualTo("4103");
        reply.expectBadField(field);
        assertThat(houses()).isEqualTo(before);
    }

    private static long houses() {
        return server.number("select count(*) from house");
    }

    private static JsonNode detail(long house) {
        return server.client().get("/houses/" + house).expect("0").data().path("house");
    }
}
