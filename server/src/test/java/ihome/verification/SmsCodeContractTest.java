package ihome.verification;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.AtOnce;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Endpoint 2: sending the code, and what the code is worth at endpoint 3. */
class SmsCodeContractTest {
    private static final String WRONG_CODE = "短信验证码错误或已过期";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?text={text}&id={id}", "&text={text}&id={id}", "&id={id}&text={text}", "&text={text}?id={id}"})
    void bothWrittenFormsSendACode(String form) {
        String id = UUID.randomUUID().toString();
        String text = server.captcha(server.client(), id);
        String mobile = TestServer.newMobile();
        Reply reply = server.client()
                .get("/smscode/" + mobile + form.replace("{text}", text).replace("{id}", id))
                .expect("0", "发送成功");
        assertThat(reply.json().path("errno").isString()).isTrue();
        assertThat(reply.json().has("data")).isFalse();

        JsonNode line = server.outbox("sms").getLast();
        assertThat(line.propertyNames()).containsExactly("time", "kind", "mobile", "code");
        assertThat(line.path("time").asString()).matches("2026-06-0[1-9] [0-9]{2}:[0-9]{2}:[0-9]{2}");
        assertThat(line.path("mobile").asString()).isEqualTo(mobile);
        assertThat(line.path("code").asString()).matches("[0-9]{6}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12912345678",
                "1381234567",
                "138123456789",
                "1381234567a",
                "+8513812345678",
                "1381234567%D9%A1",
                "x"
            })
    void aMalformedMobileIsRefusedAndTheCaptchaStands(String mobile) {
        String id = UUID.randomUUID().toString();
        String text = server.captcha(server.client(), id);
        int sent = server.outbox("sms").size();
        for (String mark : List.of("?", "&")) {
            Reply reply = server.client()
                    .get("/smscode/" + mobile + mark + "text=" + text + "&id=" + id)
                    .expect("4103");
            reply.expectBadField("mobile");
        }
        assertThat(server.outbox("sms")).hasSize(sent);
        server.client()
                .get("/smscode/" + TestServer.newMobile() + "?text=" + text + "&id=" + id)
                .expect("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "&"})
    void missingAndMalformedParametersAreRefused(String mark) {
        String id = UUID.randomUUID().toString();
        String text = server.captcha(server.client(), id);
        String path = "/smscode/" + TestServer.newMobile();
        refused(path, "text");
        refused(path + mark + "id=" + id, "text");
        refused(path + mark + "text=&id=" + id, "text");
        refused(path + mark + "id=" + id + "&text=" + "A".repeat(65), "text");
        refused(path + mark + "text=" + text, "id");
        refused(path + mark + "text=" + text + "&id=", "id");
        refused(path + mark + "text=" + text + "&id=1", "id");
        server.client().get(path + mark + "text=" + text + "&id=" + id).expect("0");
    }

    /** Protection: only the parameters of the route are read; before, the error named whatever the client had written. */
    @Test
    void anErrorNamesNoParameterThatTheClientMadeUp() {
        String id = UUID.randomUUID().toString();
        String text = server.captcha(server.client(), id);
        String path = "/smscode/" + TestServer.newMobile();
        refused(path + "&text=%25zz&id=" + id, "text");
        refused(path + "&text=" + text + "&id=%25zz", "id");
        server.client().get(path + "&made-up=%25zz&text=" + text + "&id=" + id).expect("0", "发送成功");
    }

    private static void refused(String path, String field) {
        server.client().get(path).expectBadField(field);
    }

    @Test
    void aWrongCaptchaSendsNothing() {
        String id = UUID.randomUUID().toString();
        server.captcha(server.client(), id);
        int sent = server.outbox("sms").size();
        server.client()
                .get("/smscode/" + TestServer.newMobile() + "?text=0000&id=" + id)
                .expect("4004", "图片验证码不一致");
        assertThat(server.outbox("sms")).hasSize(sent);
        assertThat(server.rows("outbox")).isZero();
    }

    @Test
    void theAnswerDoesNotTellWhoIsRegistered() {
        String registered = TestServer.newMobile();
        server.registered(registered);
        server.advance(Duration.ofMinutes(2));
        String answer = answerFor(registered);
        assertThat(answer).isEqualTo(answerFor(TestServer.newMobile()));
        assertThat(server.outbox("sms").stream()
                        .filter(line -> line.path("mobile").asString().equals(registered)))
                .hasSize(2);
    }

    private static String answerFor(String mobile) {
        String id = UUID.randomUUID().toString();
        String text = server.captcha(server.client(), id);
        return server.client()
                .get("/smscode/" + mobile + "?text=" + text + "&id=" + id)
                .text();
    }

    @Test
    void aBrokenStoreIsDberrAndSendsNothing() {
        String mobile = TestServer.newMobile();
        String id = UUID.randomUUID().toString();
        String text = server.captcha(server.client(), id);
        int sent = server.outbox("sms").size();
        server.without(
                "outbox",
                () -> server.client()
                        .get("/smscode/" + mobile + "?text=" + text + "&id=" + id)
                        .expect("4001", "数据库错误"));
        assertThat(server.outbox("sms")).hasSize(sent);
        assertThat(server.rows("outbox")).isZero();
    }

    @Test
    void aMessageThatCannotBeDeliveredWaitsAndIsDeliveredOnce() throws IOException {
        String mobile = TestServer.newMobile();
        String id = UUID.randomUUID().toString();
        String text = server.captcha(server.client(), id);
        Path file = server.data().resolve("outbox.jsonl");
        Path aside = server.data().resolve("aside.jsonl");
        Files.move(file, aside);
        Files.createDirectory(file);
        try {
            server.client()
                    .get("/smscode/" + mobile + "?text=" + text + "&id=" + id)
                    .expect("0", "发送成功");
            assertThat(server.number("select attempts from outbox")).isEqualTo(1);
        } finally {
            Files.delete(file);
            Files.move(aside, file);
        }
        server.advance(Duration.ofSeconds(30));
        Await.until("the outbox is empty", () -> server.rows("outbox"), now -> now == 0);
        assertThat(server.outbox("sms").stream()
                        .filter(line -> line.path("mobile").asString().equals(mobile)))
                .hasSize(1);
        register(mobile, server.lastCode(mobile)).expect("0");
    }

    @Test
    void aCodeRegistersOnce() {
        String mobile = TestServer.newMobile();
        String code = server.smsCode(server.client(), mobile);
        register(mobile, code).expect("0");
        register(mobile, code).expect("4004", WRONG_CODE);
    }

    @Test
    void ofFiftyRightRegistrationsAtOnceOneMakesAnAccount() {
        String mobile = TestServer.newMobile();
        String code = server.smsCode(server.client(), mobile);
        int before = server.rows("account");
        List<Reply> replies = AtOnce.run(50, _ -> register(mobile, code));
        assertThat(AtOnce.count(replies, "0")).isEqualTo(1);
        assertThat(AtOnce.count(replies, "4004")).isEqualTo(49);
        assertThat(server.rows("account")).isEqualTo(before + 1);
    }

    @Test
    void aCodeIsForItsMobileOnly() {
        String mobile = TestServer.newMobile();
        String code = server.smsCode(server.client(), mobile);
        register(TestServer.newMobile(), code).expect("4004", WRONG_CODE);
        register(mobile, code).expect("0");
    }

    @Test
    void fourWrongTriesAreForgivenFiveAreNot() {
        String patient = TestServer.newMobile();
        String code = server.smsCode(server.client(), patient);
        for (int i = 0; i < 4; i++) {
            register(patient, other(code, i)).expect("4004", WRONG_CODE);
        }
        register(patient, code).expect("0");

        String mobile = TestServer.newMobile();
        code = server.smsCode(server.client(), mobile);
        for (int i = 0; i < 5; i++) {
            register(mobile, other(code, i)).expect("4004", WRONG_CODE);
        }
        register(mobile, code).expect("4004", WRONG_CODE);
    }

    @Test
    void aHundredGuessesAtOnceAreFiveTries() {
        String mobile = TestServer.newMobile();
        String code = server.smsCode(server.client(), mobile);
        List<Reply> replies = AtOnce.run(100, i -> register(mobile, other(code, i)));
        assertThat(AtOnce.count(replies, "4004")).isEqualTo(100);
        // Redis forgets the count with the code.
        assertThat(server.state().misses("SMSCode_" + mobile)).isLessThanOrEqualTo(5);
        register(mobile, code).expect("4004", WRONG_CODE);
    }

    /** Protection: tries are counted by who asks; counted for all, five blind guesses locked the owner's live code. */
    @Test
    void aStrangersGuessesLeaveTheOwnersCodeAlone() {
        String mobile = TestServer.newMobile();
        String code = server.smsCode(server.client(), mobile);
        for (int i = 0; i < 8; i++) {
            from("198.51.100.7", mobile, other(code, i)).expect("4004", WRONG_CODE);
        }
        from("198.51.100.7", mobile, code).expect("4004", WRONG_CODE);
        for (int i = 0; i < 4; i++) {
            from("203.0.113.9", mobile, other(code, i)).expect("4004", WRONG_CODE);
        }
        from("203.0.113.9", mobile, code).expect("0");
    }

    @Test
    void fiftyWrongGuessesFromEverywhereEndACode() {
        String mobile = TestServer.newMobile();
        String code = server.smsCode(server.client(), mobile);
        List<Reply> replies = AtOnce.run(60, i -> from("198.51.100." + i, mobile, other(code, i)));
        assertThat(AtOnce.count(replies, "4004")).isEqualTo(60);
        from("203.0.113.9", mobile, code).expect("4004", WRONG_CODE);
    }

    private static Reply from(String address, String mobile, String code) {
        return server.client()
                .from(address)
                .post("/users", Json.text(Map.of("mobile", mobile, "sms_code", code, "password", TestServer.PASSWORD)));
    }

    @Test
    void aCodeIsGoodForFiveMinutes() {
        String mobile = TestServer.newMobile();
        String code = server.smsCode(server.client(), mobile);
        server.advance(Duration.ofMinutes(5).minusSeconds(1));
        register(mobile, code).expect("0");

        String late = TestServer.newMobile();
        code = server.smsCode(server.client(), late);
        server.advance(Duration.ofMinutes(5));
        register(late, code).expect("4004", WRONG_CODE);
    }

    @Test
    void aNewCodeReplacesTheOldOne() {
        String mobile = TestServer.newMobile();
        String old = server.smsCode(server.client(), mobile);
        server.advance(Duration.ofSeconds(61));
        String fresh = server.smsCode(server.client(), mobile);
        if (!fresh.equals(old)) {
            register(mobile, old).expect("4004", WRONG_CODE);
        }
        register(mobile, fresh).expect("0");
    }

    private static String other(String code, int i) {
        return String.format("%06d", (Integer.parseInt(code) + 1 + i) % 1_000_000);
    }

    private static Reply register(String mobile, String code) {
        return server.client()
                .post("/users", Json.text(Map.of("mobile", mobile, "sms_code", code, "password", TestServer.PASSWORD)));
    }
}
