package ihome;

import ihome.platform.config.Secret;
import ihome.platform.crypto.KeyCheck;
import ihome.platform.crypto.KeyFile;
import ihome.platform.db.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The key that real names and identity numbers are encrypted with: from the configuration, else made once in the data
 * folder. The database holds a check value of it, so that no node writes what the others cannot read.
 */
final class IdentityKey {
    private static final int BYTES = 32;

    private IdentityKey() {}

    /** Whether the text is 32 bytes in Base64. */
    static boolean isValid(Secret key) {
        try {
            return Base64.getDecoder().decode(key.reveal()).length == BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The key, which is the one this database was filled with; fails with {@link WrongIdentityKey} when it is not. */
    static byte[] of(AppConfig config, Database database) throws IOException {
        Path file = file(config);
        Optional<byte[]> expected = IdentityKeyStore.recorded(database);
        if (expected.isPresent() && config.identityKey().isEmpty() && !Files.exists(file)) {
            throw WrongIdentityKey.missing(file);
        }
        byte[] key = of(config);
        byte[] own = KeyCheck.of(key);
        // The key is on disk by now: a check value without its key would shut out every node.
        byte[] valid = expected.isPresent() ? expected.get() : IdentityKeyStore.record(database, own);
        if (!MessageDigest.isEqual(own, valid)) {
            throw WrongIdentityKey.differs(config.identityKey().isPresent(), file);
        }
        return key;
    }

    /** The key of the configuration, else of the file, which is made if it is not there. */
    static byte[] of(AppConfig config) throws IOException {
        Secret key = config.identityKey().isPresent() ? config.identityKey().get() : fromFile(file(config));
        if (!isValid(key)) {
            throw new IllegalStateException("the identity key is not 32 bytes in Base64: check IHOME_IDENTITY_KEY or "
                    + file(config) + " (openssl rand -base64 32 makes one)");
        }
        return Base64.getDecoder().decode(key.reveal());
    }

    private static Path file(AppConfig config) {
        return config.data().resolve("identity.key");
    }

    private static Secret fromFile(Path file) throws IOException {
        return KeyFile.readOrMake(file, () -> {
            byte[] key = new byte[BYTES];
            new SecureRandom().nextBytes(key);
            return Base64.getEncoder().encodeToString(key);
        });
    }
}
