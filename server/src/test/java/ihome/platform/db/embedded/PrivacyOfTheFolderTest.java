package ihome.platform.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others on the machine, and PostgreSQL's own processes, get to see. */
class PrivacyOfTheFolderTest {
    @TempDir
    private Path folder;

    /** Protection: the rights in PrivateFolder.create; without them the folder is 0755. */
    @Test
    void aNewDataFolderIsItsOwnersAlone() throws Exception {
        Path data = folder.resolve("a").resolve("data");
        PrivateFolder.create(data);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    /** Protection: PrivateFolder.tighten; folders of earlier versions stayed 0755. */
    @Test
    void aDataFolderOfAnEarlierVersionIsClosedToOthers() throws Exception {
        for (String content : List.of("postgres/data", "identity.key")) {
            Path data = folder.resolve("data of " + content.length());
            Files.createDirectories(data.resolve(content));
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
            PrivateFolder.create(data);
            assertThat(rights(data)).isEqualTo("rwx------");
        }
    }

    /** A folder that is no site's, one that everybody uses, and one of which PostgreSQL's files belong to another account. */
    @Test
    void otherFoldersKeepTheirRights() throws Exception {
        Path strange = Files.createDirectories(folder.resolve("strange"));
        Files.setPosixFilePermissions(strange, PosixFilePermissions.fromString("rwxr-xr-x"));
        PrivateFolder.create(strange);
        assertThat(rights(strange)).isEqualTo("rwxr-xr-x");

        Path common = Files.createDirectories(folder.resolve("common"));
        Files.createFile(common.resolve("identity.key"));
        Files.setPosixFilePermissions(common, PosixFilePermissions.fromString("rwxrwxrwx"));
        PrivateFolder.create(common);
        assertThat(rights(common)).isEqualTo("rwxrwxrwx");
    }

    @Test
    void theRightsStayWhereAnotherAccountRunsPostgresql() throws Exception {
        assumeTrue(new UnixSystem().getUid() == 0, "only root gives files away");
        Path cluster = Files.createDirectories(folder.resolve("data/postgres/data"));
        Path data = folder.resolve("data");
        Files.setAttribute(cluster, "unix:uid", 65534);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        PrivateFolder.create(data);
        assertThat(rights(data)).isEqualTo("rwxr-xr-x");
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** Protection: PrivateFolder's catch; it was a stack trace and exit code 1. */
    @Test
    void aFolderThatCannotBeMadeIsUnusable() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> PrivateFolder.create(file)).isInstanceOf(DataFolderUnusable.class);
        assertThatThrownBy(() -> PrivateFolder.create(file.resolve("data")))
                .isInstanceOf(DataFolderUnusable.class)
                .hasMessageContaining("cannot be used");
        assertThatThrownBy(() -> PrivateFolder.create(Path.of("/proc/ihome/data")))
                .isInstanceOf(DataFolderUnusable.class);
    }

    /** Protection: the allow-list in Postmaster.plainEnvironment; without it whoever reads /proc has every key. */
    @Test
    void postgresqlGetsNoneOfOurSecrets() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", "/bin",
                "HOME", "/root",
                "IHOME_IDENTITY_KEY", "k",
                "IHOME_BACKUP_KEY", "k",
                "IHOME_ALIYUN_ACCESS_KEY_SECRET", "k",
                "AWS_SECRET_ACCESS_KEY", "k",
                "PGPASSWORD", "k",
                "LANG", "zh_CN.UTF-8"));
        Postmaster.plainEnvironment(environment);
        assertThat(environment).containsOnlyKeys("PATH", "HOME", "LC_ALL");
    }
}
