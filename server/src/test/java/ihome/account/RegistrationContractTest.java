package ihome.account;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Endpoint 3. */
class RegistrationContractTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void makesAnAccountAndLogsIn() {
        ApiClient client = server.client();
        String mobile = TestServer.newMobile();
        String code = server.smsCode(client, mobile);
        Reply reply =
                client.post("/users", body(mobile, code, TestServer.PASSWORD)).expect("0", "发送成功");
        assertThat(reply.json().path("errno").isString()).isTrue();
        JsonNode user = reply.data();
        assertThat(user.propertyNames())
                .containsExactly("user_id", "name", "mobile", "avatar", "avatar_url", "create_time");
        assertThat(user.path("user_id").isIntegralNumber()).isTrue();
        assertThat(user.path("mobile").asString()).isEqualTo(mobile);
        assertThat(user.path("avatar").asString()).isEmpty();
        assertThat(user.path("create_time").asString()).isEqualTo("2026-06-01 12:00:00");
        assertThat(user.path("name").asString())
                .doesNotContain(mobile.substring(7))
                .isNotBlank();
        assertThat(client.session()).isNotNull();
        client.get("/session").expect("0", "true");
        assertThat(client.get("/user").data()).isEqualTo(user);
    }

    @Test
    void aRegisteredMobileIsRefused() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        ApiClient second = server.client();
        // A code of its own, as the first one's is used up; the limit per mobile is not what is asked for here.
        server.forgetLimits();
        String code = server.smsCode(second, mobile);
        int before = server.rows("account");
        Reply reply =
                second.post("/users", body(mobile, code, "another-password-1")).expect("4001", "用户已注册");
        assertThat(reply.header("Set-Cookie")).isEmpty();
        assertThat(server.rows("account")).isEqualTo(before);
        second.post("/sessions", Json.text(Map.of("mobile", mobile, "password", TestServer.PASSWORD)))
                .expect("0");
    }

    @Test
    void aWrongCodeIsRefused() {
        ApiClient client = server.client();
        String mobile = TestServer.newMobile();
        String code = server.smsCode(client, mobile);
        int before = server.rows("account");
        String wrong = code.equals("000000") ? "000001" : "000000";
        for (String each : List.of(wrong, "x", code + "0", code.substring(1))) {
            client.post("/users", body(mobile, each, TestServer.PASSWORD)).expect("4004", "短信验证码错误或已过期");
        }
        assertThat(client.session()).isNull();
        assertThat(server.rows("account")).isEqualTo(before);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                        "mobile missing|{S,P}",
                        "mobile null|{\"mobile\":null,S,P}",
                        "mobile empty|{\"mobile\":\"\",S,P}",
                        "mobile short|{\"mobile\":\"1381234567\",S,P}",
                        "mobile long|{\"mobile\":\"138123456789\",S,P}",
                        "mobile range|{\"mobile\":\"12012345678\",S,P}",
                        "mobile digits|{\"mobile\":\"١٣٨12345678\",S,P}",
                        "mobile list|{\"mobile\":[\"13812345678\"],S,P}",
                        "mobile object|{\"mobile\":{},S,P}",
                        "mobile boolean|{\"mobile\":true,S,P}",
                        "sms_code missing|{M,P}",
                        "sms_code null|{M,\"sms_code\":null,P}",
                        "sms_code empty|{M,\"sms_code\":\" \",P}",
                        "sms_code long|{M,\"sms_code\":\"12345678901234567\",P}",
                        "sms_code list|{M,\"sms_code\":[],P}",
                        "password missing|{M,S}",
                        "password null|{M,S,\"password\":null}",
                        "password empty|{M,S,\"password\":\"\"}",
                        "password short|{M,S,\"password\":\"a7-Xz9q\"}",
                        "password list|{M,S,\"password\":[\"lit-window-hutong\"]}",
                        "password control|{M,S,\"password\":\"lit-window\\u0000hutong\"}",
                        "password half a pair|{M,S,\"password\":\"lit-window\\ud83dhutong\"}")
                .map(line -> line.split("\\|", 2))
                .map(line -> Arguments.of(line[0], line[1]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void aMalformedFieldIsRefusedAndNothingIsStored(String what, String template) {
        ApiClient client = server.client();
        String mobile = TestServer.newMobile();
        String code = server.smsCode(client, mobile);
        int before = server.rows("account");
        Reply reply = client.post(
                        "/users",
                        template.replace("M,", "\"mobile\":\"" + mobile + "\",")
                                .replace(",S", ",\"sms_code\":\"" + code + "\"")
                                .replace("{S", "{\"sms_code\":\"" + code + "\"")
                                .replace(",P", ",\"password\":\"lit-window-hutong\""))
                .expect("4103");
        reply.expectBadField(what.split(" ", 2)[0]);
        assertThat(client.session()).isNull();
        assertThat(server.rows("account")).isEqualTo(before);
        assertThat(server.state().keeps("SMSCode_" + mobile))
                .as("the code is not used up by a slip elsewhere")
                .isTrue();
        assertThat(server.state().misses("SMSCode_" + mobile)).isZero();
    }

    @Test
    void aBodyThatIsNoJsonObjectIsAnRequestFailure() {
        ApiClient client = server.client();
        for (String body : List.of("", "{", "[]", "\"x\"", "null", "{\"mobile\":1}x", "{\"mobile\":1,\"mobile\":2}")) {
            Reply reply = client.post("/users", body).expectStatus(400);
            assertThat(reply.errno()).isEqualTo("4103");
        }
    }

    @Test
    void aBrokenStoreIsDberrAndNobodyIsLoggedIn() {
        ApiClient client = server.client();
        String mobile = TestServer.newMobile();
        String code = server.smsCode(client, mobile);
        int before = server.rows("account");
        server.refusing(
                "insert",
                "account",
                () -> client.post("/users", body(mobile, code, TestServer.PASSWORD))
                        .expect("4001", "用户注册失败"));
        server.state()
                .withoutSessions(() -> client.post("/users", body(mobile, code, TestServer.PASSWORD))
                        .expect("4001", "用户注册失败"));
        assertThat(client.session()).isNull();
        assertThat(server.rows("account")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password1", "PASSWORD1", "ｐａｓｓｗｏｒｄ１", "12345678", "iloveyou", "qwertyuiop"})
    void aCommonPasswordIsRefused(String password) {
        ApiClient client = server.client();
        String mobile = TestServer.newMobile();
        String code = server.smsCode(client, mobile);
        client.post("/users", body(mobile, code, password)).expectBadField("password", "密码过于常见，请换一个");
        assertThat(server.rows("account where mobile = '" + mobile + "'")).isZero();
    }

    @Test
    void lengthIsCountedInCodePoints() {
        refusesPassword("🏮".repeat(7));
        refusesPassword("🏮".repeat(129));
        logsInWith("🏮🏯🏮🏯🏮🏯🏮🏯");
        logsInWith("雨后的银杏大道上".repeat(16));
    }

    private static void refusesPassword(String password) {
        ApiClient client = server.client();
        String mobile = TestServer.newMobile();
        String code = server.smsCode(client, mobile);
        client.post("/users", body(mobile, code, password)).expectBadField("password", "密码长度应为 8 到 128 个字符");
    }

    private static String logsInWith(String password) {
        ApiClient client = server.client();
        String mobile = TestServer.newMobile();
        client.post("/users", body(mobile, server.smsCode(client, mobile), password))
                .expect("0");
        logIn(mobile, password).expect("0");
        return mobile;
    }

    private static Reply logIn(String mobile, String password) {
        return server.client().post("/sessions", Json.text(Map.of("mobile", mobile, "password", password)));
    }

    @Test
    void everyCharacterOfALongPasswordMatters() {
        String password = "胡同里的槐花开了，".repeat(14);
        assertThat(password).hasSize(126);
        String mobile = logsInWith(password);
        for (int i : List.of(64, 72, 100, 125)) {
            String other = password.substring(0, i) + "x" + password.substring(i + 1);
            logIn(mobile, other).expect("4004");
        }
        logIn(mobile, password.substring(0, 72)).expect("4004");
    }

    @Test
    void thePasswordMayBeTypedInAnyUnicodeForm() {
        String mobile = logsInWith("Ångström-café");
        logIn(mobile, "A\u030angstro\u0308m-cafe\u0301").expect("0");
        logIn(mobile, "Ångström－ｃａｆé").expect("0");
        logIn(mobile, "ångström-café").expect("4004");
    }

    @Test
    void thePasswordIsStoredAsArgon2idOnly() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        assertThat(server.text("select password_hash from account where mobile = '" + mobile + "'"))
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$")
                .doesNotContain(TestServer.PASSWORD);
    }

    private static String body(String mobile, String code, String password) {
        return Json.text(Map.of("mobile", mobile, "sms_code", code, "password", password));
    }
}
