package ihome.apidocs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenApiContractTest {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String HOUSE = """
            {"house_id":1,"title":"鼓楼旁的四合院","price":46850,"area_name":"东城区","img_url":"http://localhost:8080/media/p/07/07c1e2a94b5d4f8e9a6b3c2d1e0f5a78_480.jpg",\
            "room_count":2,"order_count":17,"address":"小石桥胡同24号","user_avatar":"","ctime":"2026-04-18",\
            "capacity":4,"beds":"双人床2张","rating":4.8,"rating_count":16}""";
    private static final String PAGE = """
            {"errno":"0","errmsg":"OK","data":{"houses":[%s],"total_page":1,"current_page":1}}""".formatted(HOUSE);

    private final OpenApiContract contract = OpenApiContract.load();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET    | /api/v1.0/session              | 200 | {"errno":"4101","errmsg":"false"}
                    GET    | /api/v1.0/session              | 200 | {"errno":"0","errmsg":"true","data":{"name":"阿明"}}
                    DELETE | /api/v1.0/session              | 200 | {"errno":"0","errmsg":"OK"}
                    GET    | /api/v1.0/houses/index         | 200 | {"errno":0,"errmsg":"OK","data":[]}
                    GET    | /api/v1.0/houses/17            | 200 | {"errno":"4002","errmsg":"房屋不存在"}
                    GET    | /api/v1.0/smscode/13811223344?text=k7wd&id=9b3c | 200 | {"errno":"0","errmsg":"发送成功"}
                    GET    | /api/v1.0/smscode/13811223344&text=k7wd&id=9b3c | 200 | {"errno":"4004","errmsg":"图片验证码不一致"}
                    GET    | /api/v1.0/user/auth            | 200 | {"errno":"0","errmsg":"OK","data":{"user_id":1,"real_name":"张三","id_card":"110***********002X"}}
                    GET    | /api/v1.0/user/auth            | 200 | {"errno":"0","errmsg":"OK","data":{"user_id":1,"real_name":null,"id_card":null}}
                    POST   | /api/v1.0/houses               | 413 | {"errno":"4201","errmsg":"请求内容过大"}
                    GET    | /api/v1.0/nowhere              | 404 | {"errno":"4002","errmsg":"路径不存在"}
                    GET    | /health/live                   | 200 | {"errno":"0","errmsg":"OK"}
                    """)
    void acceptsWhatIsDocumented(String method, String path, int status, String body) {
        assertThatCode(() -> check(method, path, status, body)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    number for string           | GET  | /api/v1.0/session         | 200 | {"errno":0,"errmsg":"true","data":{"name":"阿明"}} | errno
                    string for number           | GET  | /api/v1.0/houses/index    | 200 | {"errno":"0","errmsg":"OK","data":[]} | errno
                    missing field               | GET  | /api/v1.0/session         | 200 | {"errno":"0","errmsg":"true","data":{}} | name
                    missing data                | GET  | /api/v1.0/session         | 200 | {"errno":"0","errmsg":"true"} | data
                    null for no data            | GET  | /api/v1.0/session         | 200 | {"errno":"4101","errmsg":"false","data":null} | data
                    extra field                 | GET  | /api/v1.0/session         | 200 | {"errno":"0","errmsg":"true","data":{"name":"阿明","id":1}} | id
                    wrong message               | POST | /api/v1.0/users           | 200 | {"errno":"4001","errmsg":"已注册"} | 用户已注册
                    errno of another operation  | GET  | /api/v1.0/areas           | 200 | {"errno":"4101","errmsg":"用户未登录"} | PARAMERR
                    unmasked number             | GET  | /api/v1.0/user/auth       | 200 | {"errno":"0","errmsg":"OK","data":{"user_id":1,"real_name":"张三","id_card":"11010519491231002X"}} | id_card
                    name without number         | GET  | /api/v1.0/user/auth       | 200 | {"errno":"0","errmsg":"OK","data":{"user_id":1,"real_name":"张三","id_card":null}} | real_name
                    unknown status              | GET  | /api/v1.0/session         | 201 | {"errno":"4101","errmsg":"false"} | undocumented status
                    unknown path found          | GET  | /api/v1.0/nowhere         | 200 | {"errno":"0","errmsg":"OK"} | 404
                    unknown method              | PUT  | /api/v1.0/session         | 404 | {"errno":"4002","errmsg":"路径不存在"} | 405
                    500 without request id      | GET  | /api/v1.0/areas           | 500 | {"errno":"4500","errmsg":"错误"} | data
                    no JSON                     | GET  | /api/v1.0/session         | 200 | {"errno":"4101" | not JSON
                    a field twice               | GET  | /api/v1.0/session         | 200 | {"errno":"4101","errno":"4101","errmsg":"false"} | not JSON
                    two documents               | GET  | /api/v1.0/session         | 200 | {"errno":"4101","errmsg":"false"}{} | not JSON
                    escaped Chinese             | GET  | /api/v1.0/session         | 200 | {"errno":"0","errmsg":"true","data":{"name":"\\u963f\\u660e"}} | escaped
                    limited without Retry-After | POST | /api/v1.0/sessions        | 200 | {"errno":"4201","errmsg":"请稍后再试"} | Retry-After
                    no session made             | POST | /api/v1.0/sessions        | 200 | {"errno":"0","errmsg":"OK","data":{"user_id":1}} | Set-Cookie
                    503 without Retry-After     | GET  | /api/v1.0/areas           | 503 | {"errno":"4500","errmsg":"繁忙"} | Retry-After
                    405 without Allow           | PUT  | /api/v1.0/session         | 405 | {"errno":"4201","errmsg":"不支持"} | Allow
                    """)
    void refusesWhatDeviates(String what, String method, String path, int status, String body, String told) {
        assertThatThrownBy(() -> check(method, path, status, body.replace("\\\\", "\\")))
                .as(what)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("%s %s answered %d: ".formatted(method, path, status))
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"price\":46850=\"price\":468.50",
                "\"price\":46850=\"price\":\"46850\"",
                "\"ctime\":\"2026-04-18\"=\"ctime\":\"2026-04-18 09:30:12\"",
                "\"ctime\":\"2026-04-18\"=\"ctime\":\"2026-02-30\"",
                "http://localhost:8080/media/p/07/07c1e2a94b5d4f8e9a6b3c2d1e0f5a78_480.jpg=/media/p/07/07c1e2a94b5d4f8e9a6b3c2d1e0f5a78_480.jpg",
                "\"user_avatar\":\"\"=\"user_avatar\":null",
                "\"room_count\":2,=",
                "\"total_page\":1,=",
            })
    void refusesHousesOfAnotherShape(String replacement) {
        String[] parts = replacement.split("=", 2);
        check("GET", "/api/v1.0/houses?p=1", 200, PAGE);
        assertThatThrownBy(() -> check("GET", "/api/v1.0/houses?p=1", 200, PAGE.replace(parts[0], parts[1])))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void slidesHaveAPicture() {
        String slides = "{\"errno\":0,\"errmsg\":\"OK\",\"data\":[%s]}".formatted(HOUSE);
        check("GET", "/api/v1.0/houses/index", 200, slides);
        String bare = slides.replace("http://localhost:8080/media/p/07/07c1e2a94b5d4f8e9a6b3c2d1e0f5a78_480.jpg", "");
        assertThatThrownBy(() -> check("GET", "/api/v1.0/houses/index", 200, bare))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=gbk", "text/html; charset=utf-8", ""})
    void refusesAnotherMediaType(String contentType) {
        byte[] body = "{\"errno\":\"4101\",\"errmsg\":\"false\"}".getBytes(UTF_8);
        assertThatThrownBy(() ->
                        contract.check("GET", "/api/v1.0/session", 200, Map.of("content-type", contentType), body))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Content-Type");
    }

    @Test
    void aCaptchaIsAPictureThatIsNotCached() {
        String path = "/api/v1.0/imagecode/9b3c8a52-6f0e-4a57-8f4d-2c1f0b7d6e11";
        byte[] picture = {1, 2, 3};
        contract.check("GET", path, 200, Map.of("content-type", "image/jpg", "cache-control", "no-store"), picture);
        assertThatThrownBy(() -> contract.check("GET", path, 200, Map.of("content-type", "image/jpg"), picture))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cache-Control");
        check("GET", path, 200, "{\"errno\":\"4001\",\"errmsg\":\"保存图片验证码失败\"}");
    }

    @Test
    void leavesAlonePagesBesideTheApi() {
        contract.check("GET", "/docs", 200, Map.of("content-type", "text/html"), new byte[0]);
        assertThat(contract.coverage()).startsWith("0 of ");
    }

    @Test
    void countsOutcomesOnce() {
        int all = contract.uncovered().size();
        assertThat(contract.uncovered())
                .contains(
                        "POST /api/v1.0/users 200 DBERR 用户已注册",
                        "GET /api/v1.0/user 200 SESSIONERR 用户未登录",
                        "any request 413 REQERR",
                        "any request 405 REQERR",
                        "GET /media/{kind}/{folder}/{file} 304");
        check("POST", "/api/v1.0/users", 200, "{\"errno\":\"4001\",\"errmsg\":\"用户已注册\"}");
        check("POST", "/api/v1.0/users", 200, "{\"errno\":\"4001\",\"errmsg\":\"用户已注册\"}");
        check("POST", "/api/v1.0/users", 413, "{\"errno\":\"4201\",\"errmsg\":\"请求内容过大\"}");
        assertThat(contract.uncovered())
                .hasSize(all - 2)
                .doesNotContain("POST /api/v1.0/users 200 DBERR 用户已注册", "any request 413 REQERR");
        assertThat(contract.coverage()).startsWith("2 of " + all + " documented outcomes seen\n  never: ");
    }

    /** Prints what a check costs; asserts only that it is cheap enough for every answer of the suite. */
    @Test
    void isCheapEnoughForEveryAnswer() {
        String page = PAGE.replace(HOUSE, String.join(",", Collections.nCopies(10, HOUSE)));
        long start = System.nanoTime();
        OpenApiContract.load();
        long loaded = System.nanoTime();
        int rounds = 2_000;
        for (int i = 0; i < rounds; i++) {
            check("GET", "/api/v1.0/houses?p=1", 200, page);
        }
        long checked = System.nanoTime();
        long perCheck = (checked - loaded) / rounds / 1_000;
        System.out.printf("contract: loaded in %d ms, %d µs a check%n", (loaded - start) / 1_000_000, perCheck);
        assertThat(perCheck).isLessThan(20_000);
    }

    private void check(String method, String path, int status, String body) {
        contract.check(method, path, status, Map.of("Content-Type", JSON), body.getBytes(UTF_8));
    }
}
