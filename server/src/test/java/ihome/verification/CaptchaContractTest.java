package ihome.verification;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.AtOnce;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoint 1, and how a captcha is used up by endpoint 2. */
class CaptchaContractTest {
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
    void isAPictureThatNobodyCaches() throws IOException {
        Reply picture = server.client().get("/imagecode/" + UUID.randomUUID()).expectStatus(200);
        assertThat(picture.header("Content-Type")).isEqualTo("image/jpg");
        assertThat(picture.header("Cache-Control")).contains("no-store");
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.body()))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "9b3c8a526f0e4a578f4d2c1f0b7d6e11",
                "9b3c8a52-6f0e-4a57-8f4d-2c1f0b7d6e1",
                "9b3c8a52-6f0e-4a57-8f4d-2c1f0b7d6e111",
                "gb3c8a52-6f0e-4a57-8f4d-2c1f0b7d6e11",
                "%EF%BC%99b3c8a52-6f0e-4a57-8f4d-2c1f0b7d6e11",
                "%7B9b3c8a52-6f0e-4a57-8f4d-2c1f0b7d6e11%7D"
            })
    void anIdThatIsNoUuidIsRefused(String id) {
        int before = server.state().kept();
        Reply reply = server.client().get("/imagecode/" + id).expect("4103");
        reply.expectBadField("image_code_id");
        assertThat(server.state().kept()).isEqualTo(before);
    }

    @Test
    void aBrokenStoreIsDberr() {
        server.state()
                .withoutSessions(() ->
                        server.client().get("/imagecode/" + UUID.randomUUID()).expect("4001", "保存图片验证码失败"));
        server.state()
                .readOnlySessions(() ->
                        server.client().get("/imagecode/" + UUID.randomUUID()).expect("4001", "保存图片验证码失败"));
    }

    @Test
    void aRightAnswerUsesItUp() {
        String id = UUID.randomUUID().toString();
        String text = server.captcha(server.client(), id);
        use(id, text).expect("0", "发送成功");
        use(id, text).expect("4004", "图片验证码不一致");
    }

    @Test
    void aWrongAnswerUsesItUp() {
        String id = UUID.randomUUID().toString();
        String text = server.captcha(server.client(), id);
        use(id, "0000").expect("4004", "图片验证码不一致");
        use(id, text).expect("4004", "图片验证码不一致");
    }

    @Test
    void anIdThatWasNeverAskedForIsWrong() {
        use(UUID.randomUUID().toString(), "ABCD").expect("4004", "图片验证码不一致");
    }

    @Test
    void upperAndLowerCaseDoNotMatter() {
        String id = UUID.randomUUID().toString();
        String text = server.captcha(server.client(), id);
        use(id, text.toLowerCase(Locale.ROOT)).expect("0");
        text = server.captcha(server.client(), id);
        use(id.toUpperCase(Locale.ROOT), text.toUpperCase(Locale.ROOT)).expect("0");
    }

    @Test
    void askingAgainReplacesTheText() {
        String id = UUID.randomUUID().toString();
        String first = server.captcha(server.client(), id);
        String second = first;
        while (second.equalsIgnoreCase(first)) {
            second = server.captcha(server.client(), id);
        }
        use(id, first).expect("4004");
    }

    @Test
    void isGoodForFiveMinutes() {
        String id = UUID.randomUUID().toString();
        String text = server.captcha(server.client(), id);
        server.advance(Duration.ofMinutes(5).minusSeconds(1));
        use(id, text).expect("0");

        text = server.captcha(server.client(), id);
        server.advance(Duration.ofMinutes(5));
        use(id, text).expect("4004", "图片验证码不一致");
    }

    @Test
    void ofFiftyRightAnswersAtOnceOneCounts() {
        String id = UUID.randomUUID().toString();
        String text = server.captcha(server.client(), id);
        int sent = server.outbox("sms").size();
        List<Reply> replies = AtOnce.run(50, _ -> use(id, text));
        assertThat(AtOnce.count(replies, "0")).isEqualTo(1);
        assertThat(AtOnce.count(replies, "4004")).isEqualTo(49);
        assertThat(server.outbox("sms")).hasSize(sent + 1);
    }

    /** Every time for another mobile, so that no limit speaks. */
    private static Reply use(String id, String text) {
        return server.client().get("/smscode/" + TestServer.newMobile() + "?text=" + text + "&id=" + id);
    }
}
