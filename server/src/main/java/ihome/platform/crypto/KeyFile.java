package ihome.platform.crypto;

import ihome.platform.config.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** A key that is made once and kept in a file that only its owner reads. */
public final class KeyFile {
    private KeyFile() {}

    /**
     * What the file holds; where there is none it is written first, whole and on disk before it has its name.
     *
     * @param fresh makes a new key, as one line of text
     */
    public static Secret readOrMake(Path file, Supplier<String> fresh) throws IOException {
        if (!Files.exists(file)) {
            Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "key", ".new", ownerOnly());
            Files.writeString(made, fresh.get() + "\n", StandardOpenOption.SYNC);
            try {
                // A link fails when the file is there: of two nodes that start at once one makes the key.
                Files.createLink(file, made);
            } catch (FileAlreadyExistsException e) {
                // The other one's key stands.
            } finally {
                Files.delete(made);
            }
        }
        return new Secret(Files.readString(file).strip());
    }

    /** Puts a text in the place of what the file holds: who reads it sees the one or the other, also after a crash. */
    public static void replace(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path made = Files.createTempFile(folder, "key", ".new", ownerOnly());
        Files.writeString(made, text, StandardOpenOption.SYNC);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------")))
                }
                : new FileAttribute<?>[0];
    }
}
