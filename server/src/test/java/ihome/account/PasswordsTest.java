package ihome.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.password4j.Argon2Function;
import ihome.platform.problem.Overloaded;
import ihome.testing.AtOnce;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Hashing, and its bound. What a password may look like is shown over HTTP. */
class PasswordsTest {
    @Test
    void hashesAreSaltedArgon2id() {
        Passwords passwords = new Passwords();
        String hash = passwords.hash("lit-window-hutong");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hash).isNotEqualTo(passwords.hash("lit-window-hutong"));
        assertThat(passwords.matches("lit-window-hutong", hash)).isTrue();
        assertThat(passwords.matches("lit-window-huton", hash)).isFalse();
        assertThat(passwords.matches("lit-window-hutong", null)).isFalse();
        assertThat(passwords.matches("no account has this password", null)).isFalse();
    }

    /** Else the time of an answer would tell whether there is an account. */
    @Test
    void nobodysHashTakesTheWorkOfAnyOther() {
        assertThat(Argon2Function.getInstanceFromHash(Passwords.NOBODYS_HASH))
                .isEqualTo(Argon2Function.getInstanceFromHash(new Passwords().hash("lit-window-hutong")));
        assertThat(Passwords.NOBODYS_HASH).hasSameSizeAs(new Passwords().hash("lit-window-hutong"));
    }

    @Test
    void hashesAtOnceDoNotDisturbOneAnother() {
        Passwords passwords = new Passwords(4, Duration.ofSeconds(60));
        assertThat(AtOnce.run(8, i -> passwords.matches("password " + i, passwords.hash("password " + i))))
                .containsOnly(true);
    }

    @Test
    void noMoreThanItsPermitsAreAtWorkAtOnce() {
        Passwords passwords = new Passwords(3, Duration.ofSeconds(60));
        AtomicInteger atWork = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        int most = AtOnce.run(
                        20,
                        _ -> passwords.bounded(() -> {
                            int now = atWork.incrementAndGet();
                            three.countDown();
                            await(three);
                            atWork.decrementAndGet();
                            return now;
                        }))
                .stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElseThrow();
        assertThat(most).isEqualTo(3);
    }

    @Test
    void whoWaitsTooLongIsToldToComeBack() {
        Passwords passwords = new Passwords(1, Duration.ofMillis(20));
        passwords.bounded(() -> {
            assertThat(AtOnce.run(3, _ -> {
                        assertThatExceptionOfType(Overloaded.class)
                                .isThrownBy(() -> passwords.matches("lit-window-hutong", null));
                        return true;
                    }))
                    .hasSize(3);
            return true;
        });
        assertThat(passwords.matches("lit-window-hutong", passwords.hash("lit-window-hutong")))
                .as("the permit came back")
                .isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
