package ihome.platform.db.embedded;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data folder as a folder of the file system. */
public final class PrivateFolder {
    private static final Logger log = LoggerFactory.getLogger(PrivateFolder.class);
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateFolder() {}

    /**
     * Makes the data folder where it is missing, so that only its owner may enter it (0700): it holds keys, codes and
     * personal data. One that an earlier version made with wider rights is given the same.
     *
     * @throws DataFolderUnusable if it cannot be made, or is no folder
     */
    public static void create(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new DataFolderUnusable("the data folder " + folder
                    + " is not a folder: move that file away, or choose another folder with --data");
        }
        try {
            if (!Files.isDirectory(folder)) {
                Path parent = folder.toAbsolutePath().getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                if (POSIX) {
                    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                } else {
                    Files.createDirectories(folder);
                }
            } else if (POSIX) {
                tighten(folder);
            }
        } catch (IOException e) {
            throw cannotBeUsed(folder, e);
        }
    }

    /**
     * Only of a folder that holds a site's data, and that nobody but its owner needs: PostgreSQL's processes enter it as well,
     * and run under another account where the cluster belongs to one. A folder that everybody may write to, such as /tmp,
     * serves others too.
     */
    private static void tighten(Path folder) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder);
        if (OWNER_ONLY.containsAll(rights) || !holdsData(folder)) {
            return;
        }
        Path cluster = folder.resolve("postgres").resolve("data");
        Object owner = Files.getAttribute(folder, "unix:uid");
        boolean others = Files.isDirectory(cluster) && !owner.equals(Files.getAttribute(cluster, "unix:uid"));
        if (others) {
            return;
        }
        if (rights.contains(PosixFilePermission.OTHERS_WRITE)) {
            log.warn("others may enter the data folder {} ({})", folder, PosixFilePermissions.toString(rights));
            return;
        }
        try {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
            log.info(
                    "only its owner may enter the data folder {} from now on (it was {})",
                    folder,
                    PosixFilePermissions.toString(rights));
        } catch (IOException e) {
            log.warn("others may enter the data folder {}, which cannot be changed: {}", folder, e.toString());
        }
    }

    private static boolean holdsData(Path folder) {
        return Files.isDirectory(folder.resolve("postgres")) || Files.exists(folder.resolve("identity.key"));
    }

    /** What to say of a folder in which something could not be read or written. */
    public static DataFolderUnusable cannotBeUsed(Path folder, IOException why) {
        return new DataFolderUnusable(
                "the data folder " + folder + " cannot be used (" + why
                        + "): check that it is writable and that the disk is not full",
                why);
    }
}
