package ihome.platform.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
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

    @Test
    void theRightsOfAFolderThatIsThereStay() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        PrivateFolder.create(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwxr-x---");
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
