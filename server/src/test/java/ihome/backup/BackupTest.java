package ihome.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.blob.LocalBlobStore;
import ihome.platform.config.Secret;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import ihome.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import net.lingala.zip4j.ZipFile;
import net.lingala.zip4j.io.outputstream.ZipOutputStream;
import net.lingala.zip4j.model.ZipParameters;
import net.lingala.zip4j.model.enums.AesKeyStrength;
import net.lingala.zip4j.model.enums.EncryptionMethod;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site that is written to a file and brought back is the same site. */
@Tag("slow")
class BackupTest {
    private static final Optional<Secret> KEY = Optional.of(new Secret("0123456789abcdef0123456789abcdef"));
    private static final URI SITE = URI.create("http://localhost");

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("site.zip");
    }

    /** A host with a verified name, a house with a photo, and an order. */
    private static long fill(TestServer server) {
        ApiClient host = server.registered();
        host.post("/user/auth", Json.text(Map.of("real_name", "备份人", "id_card", "11010519491231002X")))
                .expect("0");
        long house = SampleHouse.house().publish(host);
        host.upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg(1200, 800))
                .expect("0");
        server.registered()
                .post(
                        "/orders",
                        Json.text(Map.of("house_id", house, "start_date", "2026-07-01", "end_date", "2026-07-04")))
                .expect("0");
        return house;
    }

    private Backup backup(TestServer server) {
        return new Backup(
                server.database(),
                Optional.of(new LocalBlobStore(server.data().resolve("blobs"), SITE)),
                server.data(),
                _ -> {});
    }

    @Test
    void whatComesBackIsWhatWasThere() throws IOException {
        try (TestServer server = TestServer.start()) {
            fill(server);
            Backup.Summary written = backup(server).write(file(), KEY, TestServer.START);
            assertThat(written.keys()).contains("identity.key");
            assertThat(written.pictures()).isGreaterThan(1);
            assertThat(written.missingPictures()).isZero();
            Map<String, List<String>> before = contents(server.database());

            Path target = Files.createDirectory(folder.resolve("restored"));
            try (Database empty = emptyDatabase()) {
                Restore restore = new Restore(file(), KEY, _ -> {});
                restore.keys(target);
                Restore.Summary restored = restore.run(empty, new LocalBlobStore(target.resolve("blobs"), SITE));
                assertThat(restored.rows()).isEqualTo(written.rows()).isGreaterThan(10);
                assertThat(contents(empty)).isEqualTo(before);
                assertThat(empty.withConnection(TableStore::sequences))
                        .containsAllEntriesOf(server.database().withConnection(TableStore::sequences));
            }
            assertThat(target.resolve("identity.key"))
                    .hasSameBinaryContentAs(server.data().resolve("identity.key"));
            assertThat(files(target.resolve("blobs")))
                    .isEqualTo(files(server.data().resolve("blobs")));
        }
    }

    /** Rows that are written while the backup is under way: each table shows one and the same moment. */
    @Test
    void isOneSnapshotBesideWriters() throws IOException {
        try (TestServer server = TestServer.start()) {
            long house = fill(server);
            AtomicBoolean first = new AtomicBoolean(true);
            Backup backup = new Backup(server.database(), Optional.empty(), server.data(), _ -> {
                if (first.getAndSet(false)) {
                    return; // the snapshot begins with the first statement after this
                }
                server.sql("update house set order_count = order_count + 1 where id = " + house);
                server.sql("update account set name = name || 'x' where name not like '%xxxxx'");
            });
            server.sql("update house set order_count = 7 where id = " + house);
            backup.write(file(), Optional.empty(), TestServer.START);
            try (Database empty = emptyDatabase()) {
                new Restore(file(), Optional.empty(), _ -> {})
                        .run(empty, new LocalBlobStore(folder.resolve("blobs"), SITE));
                int orders = empty.withConnection((Handle handle) -> handle.createQuery("select order_count from house")
                        .mapTo(int.class)
                        .one());
                assertThat(orders).isEqualTo(7);
                assertThat(server.number("select order_count from house")).isGreaterThan(7);
            }
        }
    }

    @Test
    void personalDataIsUnreadableInTheFileAndKeysAreOnlyInAnEncryptedOne() throws IOException {
        try (TestServer server = TestServer.start()) {
            fill(server);
            String mobile = server.text("select min(mobile) from account");
            backup(server).write(file(), KEY, TestServer.START);
            assertThat(bytes(file())).doesNotContain(mobile).doesNotContain("identity.key\n");

            Path open = folder.resolve("open.zip");
            Backup.Summary summary = backup(server).write(open, Optional.empty(), TestServer.START);
            assertThat(summary.keys()).isEmpty();
            assertThatThrownBy(() -> new Restore(file(), Optional.empty(), _ -> {}).verify())
                    .isInstanceOf(BackupUnusable.class)
                    .hasMessageContaining("IHOME_BACKUP_KEY");
            assertThatThrownBy(() -> new Restore(
                                    file(), Optional.of(new Secret("another key of thirty-two letters")), _ -> {})
                            .verify())
                    .isInstanceOf(BackupUnusable.class)
                    .hasMessageContaining("does not open with this key");
        }
    }

    @Test
    void aDamagedOrUnfinishedFileIsRefusedBeforeAnythingIsWritten() throws IOException {
        try (TestServer server = TestServer.start()) {
            fill(server);
            backup(server).write(file(), KEY, TestServer.START);
        }
        byte[] whole = Files.readAllBytes(file());
        Restore restore = new Restore(file(), KEY, _ -> {});
        Restore.Summary written = restore.verify();
        assertThat(written.rows()).isPositive();
        for (int at = 1; at < whole.length; at += whole.length / 25) {
            damage(whole, at);
            assertThatThrownBy(restore::verify)
                    .as("byte %d of %d", at, whole.length)
                    .isInstanceOf(BackupUnusable.class)
                    .hasMessageMatching("(?s)this backup .*|the backup's .*|.*site\\.zip.*");
        }
        Files.write(file(), whole);
        assertThat(restore.verify().rows()).isPositive();
        Files.write(file(), java.util.Arrays.copyOf(whole, whole.length * 2 / 3));
        assertThatThrownBy(restore::verify).isInstanceOf(BackupUnusable.class);
    }

    /** Protection: BackupEntries.Zip; without it whoever has no key brings in rows of their own. */
    @Test
    void withAKeyNothingIsBroughtBackThatWasWrittenWithoutIt() throws IOException {
        try (TestServer server = TestServer.start()) {
            fill(server);
            backup(server).write(file(), Optional.empty(), TestServer.START);
        }
        assertThat(new Restore(file(), Optional.empty(), _ -> {}).verify().rows())
                .isPositive();
        assertThatThrownBy(() -> new Restore(file(), KEY, _ -> {}).verify())
                .isInstanceOf(BackupUnusable.class)
                .hasMessageContaining("is not encrypted");

        Path mixed = folder.resolve("mixed.zip");
        copy(file(), Optional.empty(), mixed, name -> !name.startsWith("tables/account"));
        assertThatThrownBy(() -> new Restore(mixed, KEY, _ -> {}).verify())
                .isInstanceOf(BackupUnusable.class)
                .hasMessageMatching(".*mixed.zip: tables/account-0001.copy is not encrypted.*");
    }

    /** What was written before files were sealed: AES of ZIP, every entry. */
    @Test
    void anEncryptedZipOfBeforeIsStillRead() throws IOException {
        Path before = folder.resolve("before.zip");
        try (TestServer server = TestServer.start()) {
            fill(server);
            Backup.Summary written = backup(server).write(file(), KEY, TestServer.START);
            copy(file(), KEY, before, _ -> true);
            Restore.Summary read = new Restore(before, KEY, _ -> {}).verify();
            assertThat(read.rows()).isEqualTo(written.rows());
            assertThat(read.keys()).contains("identity.key");
            assertThatThrownBy(() -> new Restore(before, Optional.empty(), _ -> {}).verify())
                    .hasMessageContaining("is encrypted");
        }
    }

    /** Protection: EntryNames; a file that has more than a backup has is not one. */
    @Test
    void anEntryThatNoBackupHasIsRefused() throws IOException {
        try (TestServer server = TestServer.start()) {
            fill(server);
            backup(server).write(file(), Optional.empty(), TestServer.START);
        }
        ZipParameters named = new ZipParameters();
        named.setFileNameInZip("keys/../../outside.key");
        try (ZipFile zip = new ZipFile(file().toFile())) {
            zip.addStream(new ByteArrayInputStream(new byte[10]), named);
        }
        assertThatThrownBy(() -> new Restore(file(), Optional.empty(), _ -> {}).keys(folder))
                .isInstanceOf(BackupUnusable.class)
                .hasMessageContaining("an entry that no backup has: keys/../../outside.key");
        assertThat(folder.resolveSibling("outside.key")).doesNotExist();
    }

    /** Copies into a ZIP of the format before this one. */
    private static void copy(Path from, Optional<Secret> key, Path to, Predicate<String> encrypted) throws IOException {
        try (BackupReader reader = new BackupReader(from, key);
                ZipOutputStream zip = new ZipOutputStream(
                        Files.newOutputStream(to), KEY.orElseThrow().reveal().toCharArray())) {
            for (String name : reader.names()) {
                ZipParameters parameters = new ZipParameters();
                parameters.setFileNameInZip(name);
                if (encrypted.test(name)) {
                    parameters.setEncryptFiles(true);
                    parameters.setEncryptionMethod(EncryptionMethod.AES);
                    parameters.setAesKeyStrength(AesKeyStrength.KEY_STRENGTH_256);
                }
                zip.putNextEntry(parameters);
                try (InputStream in = reader.entry(name)) {
                    in.transferTo(zip);
                }
                zip.closeEntry();
            }
        }
    }

    private void damage(byte[] whole, int at) throws IOException {
        byte[] damaged = whole.clone();
        damaged[at] ^= 0x55;
        Files.write(file(), damaged);
    }

    @Test
    void neverOverwritesAFileOrASite() throws IOException {
        try (TestServer server = TestServer.start()) {
            fill(server);
            backup(server).write(file(), KEY, TestServer.START);
            assertThatThrownBy(() -> backup(server).write(file(), KEY, TestServer.START))
                    .isInstanceOf(BackupUnusable.class)
                    .hasMessageContaining("there already");
            int accounts = server.rows("account");
            assertThatThrownBy(() -> new Restore(file(), KEY, _ -> {})
                            .run(server.database(), new LocalBlobStore(folder.resolve("blobs"), SITE)))
                    .isInstanceOf(BackupUnusable.class)
                    .hasMessageContaining("holds a site already");
            assertThat(server.rows("account")).isEqualTo(accounts);

            Path target = Files.createDirectory(folder.resolve("other"));
            Files.writeString(target.resolve("identity.key"), "another one");
            assertThatThrownBy(() -> new Restore(file(), KEY, _ -> {}).keys(target))
                    .isInstanceOf(BackupUnusable.class)
                    .hasMessageContaining("another key");
            assertThat(target.resolve("identity.key")).hasContent("another one");
        }
    }

    private static Database emptyDatabase() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        return new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2));
    }

    /** Every row of every table that a backup holds, as text. */
    private static Map<String, List<String>> contents(Database database) {
        return database.withConnection(handle -> {
            Map<String, List<String>> all = new LinkedHashMap<>();
            for (String table : TableStore.tables(handle)) {
                all.put(
                        table,
                        handle.createQuery("select t::text from " + table + " t order by 1")
                                .mapTo(String.class)
                                .list());
            }
            return all;
        });
    }

    private static Map<String, Long> files(Path root) throws IOException {
        Map<String, Long> found = new java.util.TreeMap<>();
        try (var paths = Files.walk(root)) {
            for (Path path : new ArrayList<>(paths.filter(Files::isRegularFile).toList())) {
                found.put(root.relativize(path).toString(), Files.size(path));
            }
        }
        return found;
    }

    private static String bytes(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
