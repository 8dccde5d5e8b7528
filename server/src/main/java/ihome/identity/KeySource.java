package ihome.identity;

import ihome.platform.config.Secret;
import ihome.platform.crypto.KeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Where a node has its identity keys from: the configuration, else a file in its data folder, which is made once. One
 * key, or several (at most four) while it is being changed, with blanks or a comma between.
 *
 * @param configured what the configuration says; empty: the file
 */
public record KeySource(Optional<Secret> configured, Path file) {
    private static final int BYTES = 32;
    private static final int MOST = 4;

    /** Whether the text is one to four keys of 32 bytes in Base64. */
    public static boolean isValid(Secret keys) {
        try {
            List<byte[]> parsed = parse(keys);
            return !parsed.isEmpty() && parsed.size() <= MOST && parsed.stream().allMatch(key -> key.length == BYTES);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The keys, the oldest first. The file is made when it is not there. */
    public List<byte[]> read() {
        Secret keys = configured.orElseGet(this::fromFile);
        if (!isValid(keys)) {
            throw new IllegalStateException("the identity key is not 32 bytes in Base64: check IHOME_IDENTITY_KEY or "
                    + file + " (openssl rand -base64 32 makes one)");
        }
        return parse(keys);
    }

    boolean isThere() {
        return configured.isPresent() || Files.exists(file);
    }

    /** For messages. */
    String place() {
        return configured.isPresent() ? "of the configuration" : "in " + file;
    }

    /** Puts keys into the file. */
    void write(List<byte[]> keys) {
        StringBuilder lines = new StringBuilder();
        keys.forEach(
                key -> lines.append(Base64.getEncoder().encodeToString(key)).append('\n'));
        try {
            KeyFile.replace(file, lines.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static byte[] fresh() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private Secret fromFile() {
        try {
            return KeyFile.readOrMake(file, () -> Base64.getEncoder().encodeToString(fresh()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static List<byte[]> parse(Secret keys) {
        List<byte[]> parsed = new ArrayList<>();
        for (String key : keys.reveal().strip().split("[\\s,]+", MOST + 1)) {
            parsed.add(Base64.getDecoder().decode(key));
        }
        return parsed;
    }
}
