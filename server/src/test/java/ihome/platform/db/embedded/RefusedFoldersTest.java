package ihome.platform.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be served is refused, and not a byte of it changes. */
class RefusedFoldersTest {
    @TempDir
    Path data;

    @Test
    void anotherMajorVersion() throws IOException {
        Path cluster = plausibleCluster();
        Files.writeString(cluster.resolve("PG_VERSION"), "17\n");
        assertRefused("is of PostgreSQL 17, this program brings PostgreSQL 18");
    }

    @Test
    void aVersionFileThatSaysNothing() throws IOException {
        Files.writeString(plausibleCluster().resolve("PG_VERSION"), "");
        assertRefused("PG_VERSION is unreadable");
    }

    @Test
    void noVersionFileBesideOtherFiles() throws IOException {
        Files.delete(plausibleCluster().resolve("PG_VERSION"));
        assertRefused("no PG_VERSION");
    }

    @Test
    void noControlFile() throws IOException {
        Files.delete(plausibleCluster().resolve("global/pg_control"));
        assertRefused("global/pg_control is missing");
    }

    @Test
    void anEmptyControlFile() throws IOException {
        Files.write(plausibleCluster().resolve("global/pg_control"), new byte[0]);
        assertRefused("global/pg_control is empty");
    }

    @Test
    void noWriteAheadLog() throws IOException {
        Files.delete(plausibleCluster().resolve("pg_wal"));
        assertRefused("pg_wal is missing");
    }

    @Test
    void somebodysOwnFiles() throws IOException {
        Files.createDirectories(data.resolve("postgres/data"));
        Files.writeString(data.resolve("postgres/data/thesis.txt"), "years of work");
        assertRefused("damaged or not ours");
    }

    @Test
    void aFileInPlaceOfTheFolder() throws IOException {
        Files.createDirectories(data.resolve("postgres"));
        Files.writeString(data.resolve("postgres/data"), "x");
        assertRefused("it is no folder");
    }

    @Test
    void aLinkToADiskThatIsNotMounted() throws IOException {
        Files.createDirectories(data.resolve("postgres"));
        Files.createSymbolicLink(data.resolve("postgres/data"), data.resolve("not-mounted"));
        assertRefused("a link to one that is not there");
    }

    @Test
    void aDataDirectoryOfPostgresGivenAsDataFolder() throws IOException {
        Files.writeString(data.resolve("PG_VERSION"), "18\n");
        assertRefused("is itself a PostgreSQL data directory");
    }

    @Test
    void aFileAsDataFolder() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "x");
        assertThatThrownBy(() -> EmbeddedPostgres.start(file))
                .isInstanceOf(DataFolderUnusable.class)
                .hasMessageContaining("is not a folder");
    }

    @Test
    void aRealDatabaseWhoseControlFileIsGarbled() throws IOException {
        EmbeddedPostgres.start(data).close();
        Path cluster = data.resolve("postgres/data");
        byte[] control = Files.readAllBytes(cluster.resolve("global/pg_control"));
        control[100] ^= 0x55;
        Files.write(cluster.resolve("global/pg_control"), control);
        Map<String, String> before = fingerprint(cluster);
        assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                .isInstanceOf(DataFolderUnusable.class)
                .hasMessageContaining("incorrect checksum in control file");
        assertThat(fingerprint(cluster)).isEqualTo(before);
    }

    private void assertRefused(String reason) throws IOException {
        Map<String, String> before = fingerprint(data);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                    .isInstanceOf(DataFolderUnusable.class)
                    .hasMessageContaining(reason)
                    .hasMessageNotContaining("\n");
            assertThatThrownBy(() -> EmbeddedPostgres.attachOrStart(data)).isInstanceOf(DataFolderUnusable.class);
        }
        assertThat(fingerprint(data)).isEqualTo(before);
    }

    private Path plausibleCluster() throws IOException {
        Path cluster = data.resolve("postgres/data");
        for (String folder : new String[] {"global", "base/1", "pg_wal", "pg_xact", "pg_multixact"}) {
            Files.createDirectories(cluster.resolve(folder));
        }
        Files.writeString(cluster.resolve("PG_VERSION"), "18\n");
        Files.write(cluster.resolve("global/pg_control"), new byte[8192]);
        Files.write(cluster.resolve("global/pg_filenode.map"), new byte[524]);
        return cluster;
    }

    /** Every path below a folder with its kind, mode, time of change and content. */
    private static Map<String, String> fingerprint(Path folder) throws IOException {
        Map<String, String> found = new HashMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.toList()) {
                String attributes = Files.readAttributes(path, "unix:mode,uid,gid,ino", LinkOption.NOFOLLOW_LINKS)
                        .toString();
                String content = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                        ? HexFormat.of().formatHex(sha256(path))
                        : "";
                found.put(folder.relativize(path).toString(), attributes + content);
            }
        }
        return found;
    }

    private static byte[] sha256(Path file) throws IOException {
        try {
            return java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
