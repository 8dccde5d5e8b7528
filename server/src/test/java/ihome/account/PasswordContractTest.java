package ihome.account;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A forgotten password, and one that is changed. */
class PasswordContractTest {
    private static final String NEW = "雪后的银杏大道43";

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
    void whoKnowsTheCodeHasANewPassword() {
        String mobile = TestServer.newMobile();
        ApiClient phone = server.registered(mobile);
        ApiClient laptop = server.client();
        logIn(laptop, mobile, TestServer.PASSWORD).expect("0");
        ApiClient other = server.registered();
        ApiClient forgetful = server.client();
        Reply reply = reset(forgetful, mobile, code(mobile), NEW).expect("0", "OK");
        assertThat(reply.data().path("user_id").asLong())
                .isEqualTo(forgetful.get("/user").data().path("user_id").asLong());
        phone.get("/user").expect("4101");
        laptop.get("/user").expect("4101");
        other.get("/user").expect("0");
        logIn(laptop, mobile, TestServer.PASSWORD).expect("4004", "用户名或密码错误");
        logIn(laptop, mobile, NEW).expect("0");
        assertThat(server.rows("outbox")).isZero();
    }

    @Test
    void aCodeIsGoodOnceAndForFiveTries() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        String code = code(mobile);
        reset(server.client(), mobile, code, NEW).expect("0");
        reset(server.client(), mobile, code, NEW + "x").expect("4004");
        logIn(server.client(), mobile, NEW).expect("0");

        String second = code(mobile);
        String wrong = second.equals("000000") ? "111111" : "000000";
        for (int i = 0; i < 5; i++) {
            reset(server.client(), mobile, wrong, NEW + i).expect("4004");
        }
        reset(server.client(), mobile, second, NEW + "y").expect("4004");
        logIn(server.client(), mobile, NEW).expect("0");
    }

    @Test
    void oneOfManyAtOnceUsesTheCode() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        String code = code(mobile);
        List<String> answers = AtOnce.run(
                10, i -> reset(server.client(), mobile, code, NEW + i).errno());
        assertThat(answers).filteredOn("0"::equals).hasSize(1);
        assertThat(answers).filteredOn("4004"::equals).hasSize(9);
    }

    @Test
    void whoIsNotRegisteredIsToldOnlyToTheHolder() {
        String mobile = TestServer.newMobile();
        String code = code(mobile);
        String wrong = code.equals("000000") ? "111111" : "000000";
        reset(server.client(), mobile, wrong, NEW).expect("4004", "短信验证码错误或已过期");
        int accounts = server.rows("account");
        ApiClient client = server.client();
        reset(client, mobile, code, NEW).expect("4104", "手机号未注册");
        assertThat(client.session()).isNull();
        assertThat(server.rows("account")).isEqualTo(accounts);
    }

    @Test
    void badFieldsUseUpNoCode() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        String code = code(mobile);
        ApiClient client = server.client();
        reset(client, mobile, code, "short").expectBadField("password", "密码长度应为 8 到 128 个字符");
        reset(client, mobile, code, "password1").expectBadField("password", "密码过于常见，请换一个");
        reset(client, mobile, code, "a".repeat(129)).expect("4103");
        client.put("/users/password", Json.text(Map.of("sms_code", code, "password", NEW)))
                .expectBadField("mobile", "请填写手机号");
        client.put("/users/password", Json.text(Map.of("mobile", mobile, "password", NEW)))
                .expectBadField("sms_code", "请填写短信验证码");
        client.put("/users/password", Json.text(Map.of("mobile", mobile, "sms_code", code)))
                .expectBadField("password", "请填写密码");
        client.put("/users/password", "[]").expectStatus(400);
        reset(client, mobile, code, NEW).expect("0");
    }

    @Test
    void whoKnowsTheOldPasswordChangesIt() {
        String mobile = TestServer.newMobile();
        ApiClient here = server.registered(mobile);
        ApiClient there = server.client();
        logIn(there, mobile, TestServer.PASSWORD).expect("0");
        String before = here.session();
        change(here, TestServer.PASSWORD, NEW).expect("0", "OK");
        here.get("/user").expect("0");
        there.get("/user").expect("4101");
        server.client().session(before).get("/user").expect("4101");
        logIn(there, mobile, TestServer.PASSWORD).expect("4004");
        logIn(there, mobile, NEW).expect("0");
        here.get("/user").expect("0");
    }

    @Test
    void aWrongOldPasswordChangesNothing() {
        String mobile = TestServer.newMobile();
        ApiClient client = server.registered(mobile);
        String session = client.session();
        change(client, "不是这个密码", NEW).expect("4106", "原密码错误");
        change(client, TestServer.PASSWORD, "short").expectBadField("new_password", "新密码长度应为 8 到 128 个字符");
        change(client, TestServer.PASSWORD, "password1").expectBadField("new_password", "新密码过于常见，请换一个");
        client.put("/user/password", "{\"new_password\": \"" + NEW + "\"}").expectBadField("old_password", "请填写原密码");
        client.put("/user/password", "{\"old_password\": \"x\"}").expectBadField("new_password", "请填写新密码");
        assertThat(client.session()).isEqualTo(session);
        client.get("/user").expect("0");
        logIn(server.client(), mobile, TestServer.PASSWORD).expect("0");
        change(server.client(), TestServer.PASSWORD, NEW).expect("4101");
    }

    @Test
    void aStolenSessionGuessesFiveTimes() {
        ApiClient client = server.registered();
        for (int i = 0; i < 5; i++) {
            change(client, "猜一个密码" + i, NEW).expect("4106");
        }
        Reply limited = change(client, TestServer.PASSWORD, NEW).expect("4201");
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 600);
        server.advance(Duration.ofMinutes(10));
        change(client, TestServer.PASSWORD, NEW).expect("0");
        for (int i = 0; i < 6; i++) {
            change(client, NEW + (i == 0 ? "" : i - 1), NEW + i).expect("0");
        }
    }

    @Test
    void ofTwoChangesAtOnceOneKnewTheOldPassword() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        ApiClient a = server.client();
        ApiClient b = server.client();
        logIn(a, mobile, TestServer.PASSWORD).expect("0");
        logIn(b, mobile, TestServer.PASSWORD).expect("0");
        List<String> answers = AtOnce.run(
                2, i -> change(i == 0 ? a : b, TestServer.PASSWORD, NEW + i).errno());
        assertThat(answers).filteredOn("0"::equals).hasSize(1);
        assertThat(answers).filteredOn(errno -> !errno.equals("0")).allMatch(List.of("4106", "4101")::contains);
    }

    /** A log-in whose password was right when it was looked at must not outlive the password. */
    @Test
    void aLogInAtTheSameTimeDoesNotOutliveThePassword() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        String old = TestServer.PASSWORD;
        for (int round = 0; round < 12; round++) {
            String next = NEW + round;
            String known = old;
            ApiClient thief = server.client();
            ApiClient owner = server.client();
            logIn(owner, mobile, known).expect("0");
            AtOnce.run(
                    2,
                    i -> i == 0
                            ? logIn(thief, mobile, known)
                            : change(owner, known, next).expect("0"));
            thief.get("/user").expect("4101");
            server.forgetLimits();
            old = next;
        }
    }

    @DisabledIfSystemProperty(
            named = "ihome.test.setup",
            matches = "redis|nodes|cluster",
            disabledReason = "breaks the database's table of sessions, and they are in Redis")
    @Test
    void sessionsEndAlsoWhenTheirStoreIsAwayAtThatMoment() {
        String mobile = TestServer.newMobile();
        ApiClient phone = server.registered(mobile);
        ApiClient laptop = server.client();
        logIn(laptop, mobile, TestServer.PASSWORD).expect("0");
        server.refusing("delete", "ephemeral", () -> {
            change(laptop, TestServer.PASSWORD, NEW);
            phone.get("/user").expect("0");
        });
        server.advance(Duration.ofMinutes(1));
        Await.until("the other session has ended", () -> phone.get("/user").errno(), "4101"::equals);
        logIn(server.client(), mobile, NEW).expect("0");
    }

    @Test
    void aBrokenStoreIsDberr() {
        String mobile = TestServer.newMobile();
        ApiClient client = server.registered(mobile);
        String code = code(mobile);
        server.without("account", () -> {
            change(client, TestServer.PASSWORD, NEW).expect("4001", "修改密码失败");
            reset(server.client(), mobile, code, NEW).expect("4001", "重置密码失败");
        });
        ApiClient gone = server.registered();
        server.sql("delete from account where id = "
                + gone.get("/user").data().path("user_id").asLong());
        change(gone, TestServer.PASSWORD, NEW).expect("4002", "无效操作");
    }

    private static String code(String mobile) {
        server.forgetLimits();
        return server.smsCode(server.client(), mobile);
    }

    private static Reply reset(ApiClient client, String mobile, String code, String password) {
        return client.put(
                "/users/password", Json.text(Map.of("mobile", mobile, "sms_code", code, "password", password)));
    }

    private static Reply change(ApiClient client, String old, String password) {
        return client.put("/user/password", Json.text(Map.of("old_password", old, "new_password", password)));
    }

    private static Reply logIn(ApiClient client, String mobile, String password) {
        return client.post("/sessions", Json.text(Map.of("mobile", mobile, "password", password)));
    }
}
