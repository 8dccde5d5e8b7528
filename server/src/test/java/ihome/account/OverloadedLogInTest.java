package ihome.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.limits.Limits;
import ihome.limits.LimitsConfig;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.ephemeral.PostgresExpiringKeyValueStore;
import ihome.platform.problem.Overloaded;
import ihome.platform.time.SiteTime;
import ihome.testing.TestClock;
import ihome.testing.TestServer;
import ihome.verification.Mobile;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** A password that nobody looked at was no wrong guess. */
class OverloadedLogInTest {
    @Test
    void attemptsThatWereTurnedAwayDoNotCount() {
        TestClock clock = new TestClock(TestServer.START);
        TestPostgres.Database own = TestPostgres.migratedDatabase();
        try (Database database = new Database(new DatabaseConfig(own.jdbcUrl(), own.user(), own.password(), 4))) {
            Passwords passwords = new Passwords(1, Duration.ofMillis(5));
            AccountStore accounts = new AccountStore();
            String hash = passwords.hash("lit-window-hutong");
            long id = database.inTransaction(
                            tx -> accounts.insert(tx, "13912345678", new DisplayName("甲"), hash, TestServer.START))
                    .id();
            LogIn logIn = new LogIn(
                    database,
                    accounts,
                    passwords,
                    new Limits(database, new SiteTime(clock, ZoneId.of("Asia/Shanghai")), LimitsConfig.defaults()),
                    new PostgresExpiringKeyValueStore(database, clock));
            Mobile mobile = Mobile.parse("13912345678");
            passwords.bounded(() -> {
                for (int i = 0; i < 6; i++) {
                    assertThatExceptionOfType(Overloaded.class)
                            .isThrownBy(() -> logIn.run(mobile, "lit-window-hutong", "203.0.113.1"));
                }
                return true;
            });
            assertThat(logIn.run(mobile, "lit-window-hutong", "203.0.113.1").account())
                    .isEqualTo(id);
        }
    }
}
