package ihome.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.crypto.FieldCipher;
import ihome.platform.http.HttpBounds;
import ihome.testing.NodeProcess;
import ihome.testing.TestServer;
import ihome.testing.VerifiedPeople;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * {@code ./ihome keys rotate} as a process of its own, killed (SIGKILL) in the middle of its transactions and
 * between them, while the site serves; run again, it goes on, until it ends.
 */
@DisabledIfSystemProperty(
        named = "ihome.test.setup",
        matches = "nodes",
        disabledReason = "its second node has the key from the configuration, which a test changes itself here")
@Tag("slow")
class KeyRotationKillTest {
    /** Three batches of the command's. */
    private static final int VERIFIED = 1_200;

    private final TestServer server = TestServer.startBreakable(Map.of(), HttpBounds.DEFAULT);
    private final VerifiedPeople verified = new VerifiedPeople(server);

    @BeforeEach
    void verify() throws IOException {
        for (int i = 0; i < 2; i++) {
            verified.add(server.registered());
        }
        FieldCipher cipher = new FieldCipher(keys().getFirst());
        server.database().inTransaction(tx -> fill(tx, cipher));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static int fill(Handle tx, FieldCipher cipher) {
        List<Long> ids =
                tx.createQuery("""
                        insert into account (mobile, name, password_hash, created_at)
                        select '137' || lpad(i::text, 8, '0'), 'verified ' || i, 'none', now()
                        from generate_series(1, :count) i returning id
                        """).bind("count", VERIFIED).mapTo(Long.class).list();
        PreparedBatch batch = tx.prepareBatch(
                "update account set real_name = :name, id_card = :number, verified_at = now() where id = :id");
        for (long id : ids) {
            batch.bind("name", cipher.encrypt(VerifiedPeople.NAME, EncryptedPlace.realName(id)))
                    .bind("number", cipher.encrypt(VerifiedPeople.NUMBER, EncryptedPlace.idCard(id)))
                    .bind("id", id)
                    .add();
        }
        return batch.execute().length;
    }

    /** Those that are in the server's file. */
    private List<byte[]> keys() throws IOException {
        return Files.readAllLines(server.data().resolve("identity.key")).stream()
                .map(key -> Base64.getDecoder().decode(key))
                .toList();
    }

    private Process rotate() throws IOException {
        return NodeProcess.command(server.commandEnvironment(), "keys", "rotate");
    }

    private String status() throws IOException, InterruptedException {
        Process status = NodeProcess.command(server.commandEnvironment(), "keys", "status");
        String said = new String(status.getInputStream().readAllBytes(), UTF_8);
        assertThat(status.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void killedAnywhereAndRunAgainItEndsWithEverythingReadable() throws Exception {
        FieldCipher old = new FieldCipher(keys().getFirst());
        // In the middle of what puts the new key in force, and of encrypting anew.
        for (String words : List.of("insert into identity_key_rotation", "update account set real_name")) {
            server.databaseWay().holdAt(words);
            Process cut = rotate();
            server.databaseWay().awaitHeld();
            kill(cut);
            server.databaseWay().release();
            verified.everybodyReadsTheirOwn();
        }
        assertThat(status()).contains("changing  from " + old.keyId());
        verified.add(server.registered());
        // And after what it says, each time a little later.
        List<String> said = new ArrayList<>();
        for (int line = 2; !ended(rotate(), line, said); line += 2) {
            assertThat(line).as("%s", said).isLessThan(20);
            verified.everybodyReadsTheirOwn();
        }
        assertThat(said).as("killed in the middle").hasSizeGreaterThan(3);
        verified.everybodyReadsTheirOwn();
        verified.add(server.registered());

        assertThat(keys()).hasSize(1);
        FieldCipher now = new FieldCipher(keys().getFirst());
        assertThat(now.keyId()).isNotEqualTo(old.keyId());
        assertThat(status())
                .contains("in force  " + now.keyId(), "accounts  1,204 under " + now.keyId(), "1 running, 1 hold")
                .doesNotContain("changing", old.keyId().toString());
        everyoneOpens(now);
        server.restart();
        verified.everybodyReadsTheirOwn();
        Path left = server.data().resolve("identity.key.old-" + old.keyId());
        assertThat(left).as("the old key, for old backups").exists();
    }

    private void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Kills it once it has said so many lines; true when it ended by itself before. */
    private boolean ended(Process process, int lines, List<String> said) throws IOException, InterruptedException {
        BufferedReader out = process.inputReader();
        for (int i = 0; i < lines; i++) {
            String line = out.readLine();
            if (line == null) {
                assertThat(process.waitFor()).as("%s", said).isZero();
                return true;
            }
            said.add(line);
        }
        kill(process);
        return false;
    }

    private void everyoneOpens(FieldCipher cipher) {
        List<Long> opened = server.database()
                .withConnection(handle -> handle.createQuery(
                                "select id, real_name, id_card from account where verified_at is not null")
                        .map((row, _) -> {
                            long id = row.getLong(1);
                            assertThat(cipher.decrypt(row.getBytes(2), EncryptedPlace.realName(id)))
                                    .isEqualTo(VerifiedPeople.NAME);
                            assertThat(cipher.decrypt(row.getBytes(3), EncryptedPlace.idCard(id)))
                                    .isEqualTo(VerifiedPeople.NUMBER);
                            return id;
                        })
                        .list());
        assertThat(opened).hasSize(VERIFIED + verified.count());
    }
}
