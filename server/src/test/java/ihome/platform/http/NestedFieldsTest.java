package ihome.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.http.engine.HttpServer;
import ihome.platform.json.Json;
import ihome.platform.problem.BusinessException;
import ihome.testing.RawConnection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Objects within a JSON body, lists of them, and a body that is a list. */
class NestedFieldsTest {
    private static final int MOST = 3;

    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = TestHttp.server(
                HttpBounds.DEFAULT,
                List.of(
                        Route.post("/object", Access.OPEN, NestedFieldsTest::object),
                        Route.post("/list", Access.OPEN, NestedFieldsTest::list)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Response object(Request request) {
        return Response.ok(request.fields()
                .object("guests")
                .<Object>map(guests -> Map.of("adults", guests.integer("adults", 1, 16)))
                .orElse("none"));
    }

    private static Response list(Request request) {
        List<RequestFields> seasons = request.list("seasons", MOST);
        seasons.forEach(each -> each.object("guests").ifPresent(inner -> inner.integer("adults", 1, 16)));
        return Response.ok(
                seasons.stream().map(each -> each.integer("price", 1, 100)).toList());
    }

    private record Answer(int status, JsonNode json) {
        String field() {
            return json.path("data").path("field").asString("");
        }

        String message() {
            return json.path("errmsg").asString();
        }
    }

    private static Answer post(String path, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + bytes.length + "\r\n\r\n";
        try (RawConnection client = RawConnection.to(server.port())) {
            RawConnection.Answer answer =
                    client.send((head + body).getBytes(UTF_8)).answer();
            return new Answer(answer.status(), Json.parse(answer.body()));
        } catch (Json.MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsInsideIsRead() {
        assertThat(post("/object", "{\"guests\": {\"adults\": \"2\", \"pets\": [{}]}}")
                        .json()
                        .path("data")
                        .toString())
                .isEqualTo("{\"adults\":2}");
        assertThat(post("/object", "{}").json().path("data").asString()).isEqualTo("none");
        assertThat(post("/object", "{\"guests\": null}").json().path("data").asString())
                .isEqualTo("none");
        assertThat(post("/list", "[{\"price\": 1}, {\"price\": \"2\"}, {\"price\": 3}]")
                        .json()
                        .path("data")
                        .toString())
                .isEqualTo("[1,2,3]");
        assertThat(post("/list", "[]").json().path("data").size()).isZero();
    }

    /** Protection: RequestFields.named, and the checks of the node's kind. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/object | {'guests': []} | guests | 入住人数应为一组字段",
                "/object | {'guests': 2} | guests | 入住人数应为一组字段",
                "/object | {'guests': 'two'} | guests | 入住人数应为一组字段",
                "/object | {'guests': {}} | guests.adults | 请填写成人人数",
                "/object | {'guests': {'adults': {}}} | guests.adults | 成人人数应为文本或数字",
                "/object | {'guests': {'adults': true}} | guests.adults | 成人人数应为文本或数字",
                "/object | {'guests': {'adults': 0}} | guests.adults | 成人人数应在 1 到 16 之间",
                "/object | {'guests': {'adults': 1.5}} | guests.adults | 成人人数应为整数",
                "/list | [[]] | seasons[0] | 第 1 项应为一组字段",
                "/list | [{'price': 1}, {}] | seasons[1].price | 请填写第 2 项的价格",
                "/list | [{'guests': {'adults': 17}}] | seasons[0].guests.adults | 第 1 项的成人人数应在 1 到 16 之间",
                "/list | [{'price': 0}] | seasons[0].price | 第 1 项的价格应在 1 到 100 之间",
                "/list | [{'price': 1}, null] | seasons[1] | 第 2 项应为一组字段",
            })
    void whatIsWrongInsideIsNamedWithItsPath(String path, String body, String field, String message) {
        Answer answer = post(path, body.replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("errno").asString()).isEqualTo("4103");
        assertThat(answer.field()).isEqualTo(field);
        assertThat(answer.message()).isEqualTo(message);
    }

    /** Protection: the size in RequestFields.listOf; it is looked at before the entries, whose first one is wrong here. */
    @Test
    void noListIsLongerThanItsBound() {
        String four = "[1, {\"price\": 1}, {\"price\": 1}, {\"price\": 1}]";
        Answer body = post("/list", four);
        assertThat(body.field()).isEqualTo("seasons");
        assertThat(body.message()).endsWith("应为最多 3 项的列表");
    }

    /** Protection: the kind of the whole body in Request.fields and Request.list. */
    @Test
    void aBodyOfTheOtherKindIsMalformed() {
        for (String body : List.of("{}", "1", "null", "\"x\"", "[", "")) {
            assertThat(post("/list", body).status()).as(body).isEqualTo(400);
        }
        assertThat(post("/object", "[]").status()).isEqualTo(400);
    }

    /** Protection: the depth in Json, which counts every object and array. */
    @Test
    void noBodyIsDeeperThanTheBound() {
        assertThat(post("/list", "[{\"price\": 1, \"x\": " + deep(Json.MAX_DEPTH - 2) + "}]")
                        .status())
                .isEqualTo(200);
        assertThat(post("/list", "[{\"price\": 1, \"x\": " + deep(Json.MAX_DEPTH - 1) + "}]")
                        .status())
                .isEqualTo(400);
        assertThat(post("/object", "{\"guests\": {\"adults\": 1, \"x\": " + deep(Json.MAX_DEPTH - 1) + "}}")
                        .status())
                .isEqualTo(400);
    }

    private static String deep(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    /** An entry is counted from 0 for programs, from 1 for people; without a label of its own a field is a parameter. */
    @Test
    void entriesAreSaidAsPeopleCount() {
        assertThat(BusinessException.badField("rows[0].cells[9].price", "！").message())
                .isEqualTo("第 1 项的第 10 项的价格！");
        assertThat(BusinessException.badField("rows[0].unheard_of", "！").message())
                .isEqualTo("第 1 项的参数！");
    }
}
