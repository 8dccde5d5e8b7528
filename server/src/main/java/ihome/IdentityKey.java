package ihome;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The key that real names and identity numbers are encrypted with: from the configuration, else made once in the data folder. */
final class IdentityKey {
    private IdentityKey() {}

    static byte[] of(AppConfig config) throws IOException {
        String text = config.identityKey().isPresent()
                ? config.identityKey().get()
                : fromFile(config.data().resolve("identity.key"));
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the identity key is not Base64: check IHOME_IDENTITY_KEY or identity.key");
        }
        if (key.length != 32) {
            throw new IllegalStateException(
                    "the identity key must have 32 bytes: make one with openssl rand -base64 32");
        }
        return key;
    }

    private static String fromFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "identity", ".new", ownerOnly());
            Files.writeString(fresh, Base64.getEncoder().encodeToString(key) + "\n", StandardOpenOption.SYNC);
            try {
                // A link fails when the file is there: of two nodes that start at once one makes the key.
                Files.createLink(file, fresh);
            } catch (FileAlreadyExistsException e) {
                // The other one's key stands.
            } finally {
                Files.delete(fresh);
            }
        }
        return Files.readString(file);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------")))
                }
                : new FileAttribute<?>[0];
    }
}
