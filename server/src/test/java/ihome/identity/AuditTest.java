package ihome.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The record of access to identity data. */
class AuditTest {
    private static final Instant BEGINNING = Instant.EPOCH;

    private static TestServer server;
    private final Audit audit = new Audit();

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static long verified(ApiClient client) {
        client.post("/user/auth", Json.text(Map.of("real_name", "王留痕", "id_card", "11010519491231002X")))
                .expect("0");
        return client.get("/user").data().path("user_id").asLong();
    }

    private List<Audit.Entry> entries(long account) {
        List<Audit.Entry> entries = new ArrayList<>();
        audit.read(
                server.database(),
                Optional.of(account),
                BEGINNING,
                server.clock().instant(),
                entries::add);
        return entries;
    }

    @Test
    void verifyingReadingAndExportingAreOnRecord() {
        ApiClient client = server.registered();
        client.get("/user/auth").expect("0");
        long account = verified(client);
        for (int i = 0; i < 5; i++) {
            client.get("/user/auth").expect("0");
        }
        server.advance(Duration.ofMinutes(61));
        client.get("/user/auth").expect("0");
        client.get("/user/export").expect("0");
        assertThat(entries(account))
                .extracting(Audit.Entry::what)
                .as("nothing was read before there was something; then once an hour")
                .containsExactly("VERIFIED", "READ", "READ", "EXPORTED", "AUDIT_READ");
        assertThat(entries(account))
                .extracting(Audit.Entry::who)
                .contains("owner")
                .anyMatch(who -> who.startsWith("operator "));
        assertThat(server.text("select string_agg(a::text, ' ') from identity_access a"))
                .doesNotContain("王留痕", "11010519");
    }

    /** What cannot be put on record is not shown. */
    @Test
    void withoutARecordNothingIsRead() {
        ApiClient client = server.registered();
        var _ = verified(client);
        server.refusing(
                "insert",
                "identity_access",
                () -> assertThat(client.get("/user/auth").expect("4001").text()).doesNotContain("王留痕"));
        ApiClient other = server.registered();
        server.refusing(
                "insert",
                "identity_access",
                () -> other.post("/user/auth", Json.text(Map.of("real_name", "王留痕", "id_card", "11010519491231002X")))
                        .expect("4001"));
        other.get("/user/auth").expect("0").data().path("real_name").isNull();
    }

    @Test
    void nobodyChangesOrRemovesARow() {
        long account = verified(server.registered());
        for (String statement : List.of(
                "delete from identity_access where account_id = " + account,
                "update identity_access set account_id = 1 where account_id = " + account)) {
            assertThatThrownBy(() -> server.database().withConnection(handle -> handle.execute(statement)))
                    .as(statement)
                    .hasMessageContaining("append-only");
        }
        assertThat(entries(account)).isNotEmpty();
    }

    @Test
    void aRowIsKeptForThreeYears() {
        long account = verified(server.registered());
        Instant written = server.clock().instant();
        audit.sweep(server.database(), written.plus(Audit.KEPT));
        assertThat(server.rows("identity_access where what = 'VERIFIED' and account_id = " + account))
                .isEqualTo(1);
        audit.sweep(server.database(), written.plus(Audit.KEPT).plusSeconds(1));
        assertThat(server.rows("identity_access where what = 'VERIFIED' and account_id = " + account))
                .isZero();
    }
}
