package ihome.platform.db.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks at what lies where the database should be, and changes nothing. */
final class ClusterCheck {
    /** What PostgreSQL itself cannot start without; a restore or a copy that stopped half-way lacks some. */
    private static final List<String> REQUIRED =
            List.of("global/pg_control", "global/pg_filenode.map", "base", "pg_wal", "pg_xact", "pg_multixact");

    private ClusterCheck() {}

    /**
     * Whether there is a database to start; if not, there is nothing at all and one may be made.
     *
     * @throws DataFolderUnusable if there is something else
     */
    static boolean holdsDatabase(DataFolder folder) throws IOException {
        for (Path place : List.of(folder.root(), folder.home())) {
            if (Files.exists(place.resolve("PG_VERSION"))) {
                throw new DataFolderUnusable(place + " is itself a PostgreSQL data directory, not a data folder of"
                        + " iHome: choose another folder with --data");
            }
        }
        Path cluster = folder.cluster();
        if (Files.notExists(cluster, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!Files.isDirectory(cluster)) {
            throw damaged(cluster, "it is no folder, or a link to one that is not there");
        }
        try (Stream<Path> entries = Files.list(cluster)) {
            if (entries.findAny().isEmpty()) {
                return false;
            }
        }
        checkVersion(cluster);
        for (String name : REQUIRED) {
            if (!Files.exists(cluster.resolve(name))) {
                throw damaged(cluster, name + " is missing");
            }
        }
        if (Files.size(cluster.resolve("global/pg_control")) == 0) {
            throw damaged(cluster, "global/pg_control is empty");
        }
        return true;
    }

    private static void checkVersion(Path cluster) throws IOException {
        Path file = cluster.resolve("PG_VERSION");
        if (!Files.isRegularFile(file)) {
            throw damaged(cluster, "it holds files, but no PG_VERSION");
        }
        String version = Files.readString(file).strip();
        if (!version.matches("[0-9]+(\\.[0-9]+)?")) {
            throw damaged(cluster, "PG_VERSION is unreadable");
        }
        if (!version.equals(Integer.toString(PostgresBinaries.MAJOR))) {
            throw new DataFolderUnusable("the database in " + cluster + " is of PostgreSQL " + version
                    + ", this program brings PostgreSQL " + PostgresBinaries.MAJOR + ": dump it with version " + version
                    + " and restore it into a new data folder, or start the program version that made it");
        }
    }

    private static DataFolderUnusable damaged(Path cluster, String what) {
        return new DataFolderUnusable("the database folder " + cluster + " is damaged or not ours (" + what
                + "), and was left as it is: restore it from a backup, or choose another folder with --data");
    }
}
