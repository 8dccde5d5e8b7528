package ihome.platform.db.embedded;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The data folder as a folder of the file system. */
public final class PrivateFolder {
    private PrivateFolder() {}

    /**
     * Makes the data folder where it is missing, so that only its owner may enter it (0700): it holds keys, codes and
     * personal data. The rights of one that is there stay as they are.
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
                if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                    Files.createDirectories(
                            folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                } else {
                    Files.createDirectories(folder);
                }
            }
        } catch (IOException e) {
            throw cannotBeUsed(folder, e);
        }
    }

    /** What to say of a folder in which something could not be read or written. */
    public static DataFolderUnusable cannotBeUsed(Path folder, IOException why) {
        return new DataFolderUnusable(
                "the data folder " + folder + " cannot be used (" + why
                        + "): check that it is writable and that the disk is not full",
                why);
    }
}
