package ihome.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.backup.Backup;
import ihome.backup.Restore;
import ihome.booking.Market;
import ihome.platform.blob.LocalBlobStore;
import ihome.platform.config.Secret;
import ihome.platform.crypto.FieldCipher;
import ihome.platform.crypto.KeyId;
import ihome.platform.crypto.KeyRing;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import ihome.testing.VerifiedPeople;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Another identity key while the site serves: nothing is lost, and nothing stays under the old one. */
@DisabledIfSystemProperty(
        named = "ihome.test.setup",
        matches = "nodes",
        disabledReason = "its second node has the key from the configuration, which a test changes itself here")
@Tag("slow")
class KeyRotationTest {
    /** Two batches. */
    private static final int VERIFIED = 4;

    private static final Optional<Secret> BACKUP_KEY = Optional.of(new Secret("0123456789abcdef0123456789abcdef"));

    @TempDir
    private Path folder;

    private TestServer server;
    private VerifiedPeople verified;

    @BeforeEach
    void start() {
        server = TestServer.start();
        verified = new VerifiedPeople(server);
        for (int i = 0; i < VERIFIED; i++) {
            verified.add(server.registered());
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private KeySource source() {
        return new KeySource(Optional.empty(), server.data().resolve("identity.key"));
    }

    private RotateKeys rotation(Consumer<String> progress) {
        return new RotateKeys(server.database(), source(), Clock.systemUTC(), Duration.ofSeconds(60), progress, 2);
    }

    private long accountsNotUnder(KeyId key) {
        return IdentityKeyStore.fieldsNotUnder(server.database(), key);
    }

    @Test
    void everythingIsUnderTheNewKeyAndTheOldOneOpensNothing() throws IOException {
        byte[] old = source().read().getFirst();
        ApiClient guest = server.registered();
        String occupants = named(guest);
        RotateKeys rotation = rotation(_ -> {});
        RotateKeys.Summary summary = rotation.run();
        assertThat(summary.accounts()).isEqualTo(VERIFIED);
        assertThat(summary.before()).isEqualTo(new FieldCipher(old).keyId());
        assertThat(accountsNotUnder(summary.after())).isZero();
        assertThat(accountsNotUnder(summary.before())).as("and three occupants").isEqualTo(VERIFIED + 3);
        assertThat(guest.get(occupants).expect("0").text()).contains("张**", "E*******8");
        verified.everybodyReadsTheirOwn();

        byte[] sealed = server.database()
                .withConnection((Handle handle) -> handle.createQuery(
                                "select id_card from account where verified_at is not null order by id limit 1")
                        .mapTo(byte[].class)
                        .one());
        assertThat(new KeyRing(List.of(old)).mayRead(sealed)).isFalse();

        assertThat(source().read()).hasSize(1);
        assertThat(new FieldCipher(source().read().getFirst()).keyId()).isEqualTo(summary.after());
        Path left = rotation.oldFile(summary.before());
        assertThat(new KeySource(Optional.empty(), left).read()).containsExactly(old);
        assertThat(Files.getPosixFilePermissions(left)).hasSize(2);
        server.restart();
        verified.everybodyReadsTheirOwn();
        verified.add(server.registered());
        verified.everybodyReadsTheirOwn();
        assertThat(KeyStatus.of(server.database()).accounts())
                .containsExactly(Map.entry(summary.after().hex(), VERIFIED + 1L));
    }

    /** An order with three occupants; returns where they are. */
    private String named(ApiClient guest) {
        long house = SampleHouse.house().with("instant_booking", true).publish(server.registered());
        long order = Market.order(guest.post(
                "/orders",
                Json.text(Map.of(
                        "house_id",
                        house,
                        "start_date",
                        "2026-06-03",
                        "end_date",
                        "2026-06-04",
                        "guests",
                        Map.of("adults", 2, "infants", 1)))));
        String occupants = "/orders/" + order + "/occupants";
        Map<String, Object> one = Map.of("name", "张小三", "id_type", "passport", "id_number", "E12345678");
        Map<String, Object> other =
                Map.of("name", "李四", "id_type", "passport", "id_number", "E87654321", "mobile", "13800138000");
        guest.put(occupants, Json.text(Map.of("occupants", List.of(one, other, one))))
                .expect("0");
        return occupants;
    }

    /** Cut off at every point where it says something, and each time begun again; people verify and read meanwhile. */
    @Test
    void cutOffAtAnyMomentItGoesOnWhereItWas() {
        KeyId before = new FieldCipher(source().read().getFirst()).keyId();
        int lines = 0;
        Optional<RotateKeys.Summary> ended = Optional.empty();
        for (int point = 1; ended.isEmpty(); point++) {
            assertThat(point).as("runs").isLessThan(40);
            int last = point;
            AtomicInteger line = new AtomicInteger();
            try {
                ended = Optional.of(rotation(_ -> {
                            if (line.incrementAndGet() == last) {
                                throw new Killed();
                            }
                        })
                        .run());
            } catch (Killed e) {
                lines++;
            }
            verified.everybodyReadsTheirOwn();
            if (point <= 4) {
                verified.add(server.registered());
            }
            if (point == 3) {
                server.restart();
            }
        }
        assertThat(lines).isGreaterThanOrEqualTo(4);
        KeyId after = ended.orElseThrow().after();
        assertThat(after).isNotEqualTo(before);
        assertThat(accountsNotUnder(after)).isZero();
        assertThat(source().read())
                .as("one new key, however often it was begun")
                .hasSize(1);
        verified.everybodyReadsTheirOwn();
        assertThat(server.rows("identity_key_rotation")).isZero();
        assertThat(server.rows("identity_access where what = 'KEY_CHANGE_BEGUN'"))
                .isEqualTo(1);
        assertThat(server.rows("identity_access where what = 'KEY_CHANGE_ENDED'"))
                .isEqualTo(1);
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Between any two of its transactions somebody verifies, and somebody reads. */
    @Test
    void peopleVerifyAndReadBetweenAllItsSteps() {
        List<ApiClient> waiting = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waiting.add(server.registered());
        }
        RotateKeys.Summary summary = rotation(_ -> {
                    if (!waiting.isEmpty()) {
                        verified.add(waiting.removeFirst());
                    }
                    verified.everybodyReadsTheirOwn();
                })
                .run();
        verified.everybodyReadsTheirOwn();
        assertThat(verified.count()).isGreaterThan(VERIFIED + 2);
        assertThat(accountsNotUnder(summary.after())).isZero();
    }

    @Test
    void aNodeWithoutTheNewKeyIsWaitedFor() {
        KeyId before = new FieldCipher(source().read().getFirst()).keyId();
        try (TestServer other = server.anotherNode()) {
            RotateKeys impatient =
                    new RotateKeys(server.database(), source(), Clock.systemUTC(), Duration.ofSeconds(4), _ -> {}, 2);
            assertThatThrownBy(impatient::run)
                    .isInstanceOf(RotationRefused.class)
                    .hasMessageContaining("of 2 nodes do not hold the new key");
            assertThat(KeyStatus.of(server.database()).current()).hasValue(before);
            assertThat(other.rows("identity_key_rotation")).isZero();
            verified.add(other.registered());
            verified.everybodyReadsTheirOwn();
        }
        // It has gone, and is not waited for.
        RotateKeys.Summary summary = rotation(_ -> {}).run();
        assertThat(accountsNotUnder(summary.after())).isZero();
        verified.everybodyReadsTheirOwn();
    }

    /** As a process does that stood still all the time: it has no new key, and must not write with the old one. */
    @Test
    void nobodyWritesWithTheOldKeyOnceTheNewOneIsInForce() throws IOException {
        Path copy = Files.copy(server.data().resolve("identity.key"), folder.resolve("identity.key"));
        IdentityKeys asleep = IdentityKeys.open(new KeySource(Optional.empty(), copy), server.database());
        rotation(_ -> {}).run();
        assertThatThrownBy(() -> server.database().inTransaction(tx -> asleep.forWriting(tx)))
                .hasMessageContaining("does not have the identity key");
        KeySource both = new KeySource(
                Optional.empty(), Files.copy(server.data().resolve("identity.key"), folder.resolve("new.key")));
        assertThat(IdentityKeys.open(both, server.database())).isNotNull();
        assertThatThrownBy(() -> IdentityKeys.open(new KeySource(Optional.empty(), copy), server.database()))
                .isInstanceOf(WrongIdentityKey.class);
    }

    @Test
    void oneAtATime() {
        try (Handle other = server.database().openOutsidePool()) {
            other.begin();
            assertThat(IdentityKeyStore.lock(other)).isTrue();
            assertThatThrownBy(() -> rotation(_ -> {}).run())
                    .isInstanceOf(RotationRefused.class)
                    .hasMessageContaining("at work");
            other.rollback();
        }
    }

    @Test
    void keysOfTheConfigurationAreTheOperatorsToAddAndToTakeAway() {
        List<byte[]> keys = new ArrayList<>(source().read());
        KeySource one = configured(keys);
        assertThatThrownBy(() ->
                        new RotateKeys(server.database(), one, Clock.systemUTC(), Duration.ZERO, _ -> {}, 2).run())
                .isInstanceOf(RotationRefused.class)
                .hasMessageContaining("one new key");
        keys.add(KeySource.fresh());
        KeySource two = configured(keys);
        // The server's own file is what it has its keys from here.
        source().write(keys);
        RotateKeys.Summary summary =
                new RotateKeys(server.database(), two, Clock.systemUTC(), Duration.ofSeconds(60), _ -> {}, 2).run();
        assertThat(summary.configured()).isTrue();
        assertThat(summary.after()).isEqualTo(new FieldCipher(keys.get(1)).keyId());
        assertThat(source().read()).as("no file is touched").hasSize(2);
        verified.everybodyReadsTheirOwn();
    }

    private static KeySource configured(List<byte[]> keys) {
        String text = String.join(
                ",",
                keys.stream().map(java.util.Base64.getEncoder()::encodeToString).toList());
        return new KeySource(Optional.of(new Secret(text)), Path.of("nowhere"));
    }

    @Test
    void backupsFromBeforeAndFromTheMidstOfItComeBackWithTheirOwnKeys() throws IOException {
        Path before = folder.resolve("before.zip");
        Path midst = folder.resolve("midst.zip");
        backup(before);
        rotation(line -> {
                    if (line.startsWith("2 accounts")) {
                        backup(midst);
                    }
                })
                .run();
        server.restart();
        for (Path file : List.of(before, midst)) {
            Path target = Files.createDirectory(folder.resolve("restored-" + file.getFileName()));
            TestPostgres.Database fresh = TestPostgres.freshDatabase();
            try (Database empty =
                    new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
                Restore restore = new Restore(file, BACKUP_KEY, _ -> {});
                restore.keys(target);
                restore.run(empty, new LocalBlobStore(target.resolve("blobs"), URI.create("http://localhost")));
                KeySource restored = new KeySource(Optional.empty(), target.resolve("identity.key"));
                IdentityKeys keys = IdentityKeys.open(restored, empty);
                everyoneOpens(empty, keys);
                // And what was cut off there goes on.
                new RotateKeys(empty, restored, Clock.systemUTC(), Duration.ZERO, _ -> {}, 2).run();
                assertThat(restored.read()).hasSize(1);
            }
        }
    }

    /** The key is changed from beginning to end while the rows are written. */
    @Test
    void aBackupAcrossAWholeChangeComesBackToo() throws IOException {
        Path file = folder.resolve("across.zip");
        AtomicInteger line = new AtomicInteger();
        // The first is told before the snapshot's first statement, all others after it.
        new Backup(server.database(), Optional.empty(), server.data(), _ -> {
                    if (line.incrementAndGet() == 2) {
                        rotation(_ -> {}).run();
                    }
                })
                .write(file, BACKUP_KEY, TestServer.START);
        assertThat(source().read()).hasSize(1);
        Path target = Files.createDirectory(folder.resolve("restored"));
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        try (Database empty = new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
            Restore restore = new Restore(file, BACKUP_KEY, _ -> {});
            restore.keys(target);
            restore.run(empty, new LocalBlobStore(target.resolve("blobs"), URI.create("http://localhost")));
            IdentityKeys keys =
                    IdentityKeys.open(new KeySource(Optional.empty(), target.resolve("identity.key")), empty);
            everyoneOpens(empty, keys);
        }
    }

    private static void everyoneOpens(Database database, IdentityKeys keys) {
        List<IdentityKeyStore.Sealed> all = database.inTransaction(tx -> IdentityKeyStore.next(tx, 0, 100));
        assertThat(all)
                .hasSize(VERIFIED)
                .allSatisfy(
                        account -> assertThat(keys.decrypt(account.idCard(), EncryptedPlace.idCard(account.account())))
                                .isEqualTo(VerifiedPeople.NUMBER));
    }

    private void backup(Path file) {
        try {
            new Backup(server.database(), Optional.empty(), server.data(), _ -> {})
                    .write(file, BACKUP_KEY, TestServer.START);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
