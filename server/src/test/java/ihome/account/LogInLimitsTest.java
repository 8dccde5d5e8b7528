package ihome.account;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.AtOnce;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The limits of log-in failures, with their defaults. Each test is other addresses and other mobiles. */
@Tag("slow")
class LogInLimitsTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.startWithEveryLimit();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void fiveFailuresOfOneMobileFromOneAddress() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        for (int i = 0; i < 5; i++) {
            logIn("203.0.113.1", mobile, "wrong-password").expect("4004");
            server.advance(Duration.ofMinutes(1));
        }
        Reply limited = logIn("203.0.113.1", mobile, TestServer.PASSWORD).expect("4201");
        assertThat(limited.header("Retry-After")).isEqualTo("300");
        assertThat(limited.header("Set-Cookie")).isEmpty();
        logIn("203.0.113.1", TestServer.newMobile(), "wrong-password").expect("4004");
        logIn("203.0.113.2", mobile, TestServer.PASSWORD).expect("0");

        server.advance(Duration.ofSeconds(299));
        logIn("203.0.113.1", mobile, TestServer.PASSWORD).expect("4201");
        server.advance(Duration.ofSeconds(1));
        logIn("203.0.113.1", mobile, TestServer.PASSWORD).expect("0");
        logIn("203.0.113.1", mobile, "wrong-password").expect("4004");
        logIn("203.0.113.1", mobile, "wrong-password").expect("4201");
    }

    @Test
    void anUnknownMobileIsLimitedLikeARegisteredOne() {
        String mobile = TestServer.newMobile();
        for (int i = 0; i < 5; i++) {
            logIn("203.0.113.11", mobile, "wrong-password").expect("4004");
        }
        logIn("203.0.113.11", mobile, "wrong-password").expect("4201");
    }

    @Test
    void guessesAtOnceDoNotOvershoot() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        List<Reply> replies = AtOnce.run(30, _ -> logIn("203.0.113.21", mobile, "wrong-password"));
        assertThat(AtOnce.count(replies, "4004")).isEqualTo(5);
        assertThat(AtOnce.count(replies, "4201")).isEqualTo(25);
        assertThat(replies.stream().filter(reply -> reply.errno().equals("4201")))
                .allSatisfy(reply -> assertThat(Integer.parseInt(reply.header("Retry-After")))
                        .isBetween(1, 600));
    }

    @Test
    void rightLogInsDoNotCount() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        for (int i = 0; i < 8; i++) {
            logIn("203.0.113.31", mobile, TestServer.PASSWORD).expect("0");
        }
        for (int i = 0; i < 4; i++) {
            logIn("203.0.113.31", mobile, "wrong-password").expect("4004");
        }
        logIn("203.0.113.31", mobile, TestServer.PASSWORD).expect("0");
        logIn("203.0.113.31", mobile, "wrong-password").expect("4004");
        logIn("203.0.113.31", mobile, "wrong-password").expect("4201");
    }

    @Test
    void fiftyFailuresFromOneAddress() {
        for (int i = 0; i < 10; i++) {
            String mobile = TestServer.newMobile();
            assertThat(AtOnce.count(AtOnce.run(5, _ -> logIn("203.0.113.41", mobile, "wrong-password")), "4004"))
                    .isEqualTo(5);
        }
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        Reply limited = logIn("203.0.113.41", mobile, TestServer.PASSWORD).expect("4201");
        assertThat(limited.header("Retry-After")).isEqualTo("600");
        logIn("203.0.113.42", mobile, TestServer.PASSWORD).expect("0");
        server.advance(Duration.ofMinutes(10));
        logIn("203.0.113.41", mobile, TestServer.PASSWORD).expect("0");
    }

    @Test
    void strangersSlowOneAnotherDownAndNotTheOwner() {
        String mobile = TestServer.newMobile();
        server.registered(server.client().from("192.0.2.1"), mobile);
        logIn("192.0.2.2", mobile, TestServer.PASSWORD).expect("0");
        for (int lot = 0; lot < 4; lot++) {
            // A few at a time: more would wait too long for their turn at hashing on a busy machine.
            int first = lot * 5;
            List<Reply> replies = AtOnce.run(5, i -> logIn("198.51.100." + (first + i), mobile, "wrong-password"));
            assertThat(AtOnce.count(replies, "4004")).isEqualTo(5);
        }
        List<Reply> late = AtOnce.run(5, i -> logIn("198.51.100." + (20 + i), mobile, "wrong-password"));
        assertThat(AtOnce.count(late, "4201")).isEqualTo(5);

        Reply stranger = logIn("198.51.100.99", mobile, TestServer.PASSWORD).expect("4201");
        assertThat(stranger.header("Retry-After")).isEqualTo("600");
        logIn("192.0.2.2", mobile, TestServer.PASSWORD).expect("0");
        logIn("192.0.2.1", mobile, TestServer.PASSWORD).expect("0");
        server.advance(Duration.ofMinutes(10));
        logIn("198.51.100.99", mobile, TestServer.PASSWORD).expect("0");
    }

    private static Reply logIn(String address, String mobile, String password) {
        return LogInContractTest.logIn(server.client().from(address), mobile, password);
    }
}
