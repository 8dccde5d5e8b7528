package ihome.backup;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import ihome.platform.config.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The beginning of a sealed file, and the key that it leads to. The file is this header of {@value #LENGTH} bytes (magic,
 * salt, argon2id's memory in KiB and iterations) and chunks of {@value #CHUNK} bytes, each encrypted with AES-256-GCM under
 * argon2id(key phrase, salt). A chunk's nonce is its number and whether it is the last, as in the STREAM construction that
 * age uses, and the header is authenticated with each: no chunk can be altered, moved, left out or cut off unseen. A salt is
 * used for one file, so a nonce is used once.
 */
final class SealedHeader {
    static final int LENGTH = 32;
    static final int CHUNK = 1 << 16;
    static final int TAG = 16;

    private static final byte[] MAGIC = "iHomeBk2".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT = 16;
    /**
     * As for a password, because a running server makes backups too: its heap has to hold this twice. Three iterations over
     * 64 MiB, as files before 0.1.0 have it, cost a guess as much time.
     */
    private static final int MEMORY_KIB = 19 * 1024;

    private static final int ITERATIONS = 10;
    /** A file says how it was made; what it says must not take all memory, or a day. */
    private static final int MOST_MEMORY_KIB = 256 * 1024;

    private static final int MOST_ITERATIONS = 20;

    private final byte[] bytes;
    private final SecretKeySpec key;

    private SealedHeader(byte[] bytes, int memory, int iterations, Secret phrase) {
        this.bytes = bytes;
        byte[] salt = Arrays.copyOfRange(bytes, MAGIC.length, MAGIC.length + SALT);
        byte[] derived = Argon2Function.getInstance(memory, iterations, 1, 32, Argon2.ID)
                .hash(phrase.reveal().getBytes(StandardCharsets.UTF_8), salt)
                .getBytes();
        this.key = new SecretKeySpec(derived, "AES");
    }

    /** Of a new file. */
    static SealedHeader random(Secret phrase) {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        ByteBuffer header = ByteBuffer.allocate(LENGTH).put(MAGIC).put(salt);
        header.putInt(MEMORY_KIB).putInt(ITERATIONS);
        return new SealedHeader(header.array(), MEMORY_KIB, ITERATIONS, phrase);
    }

    /** Whether a file that begins so is sealed. */
    static boolean isSealed(byte[] beginning) {
        return beginning.length >= LENGTH && Arrays.equals(beginning, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** The header of a file that is sealed; fails with {@link BackupUnusable} when it asks for too much. */
    static SealedHeader of(byte[] beginning, Secret phrase) {
        byte[] bytes = Arrays.copyOf(beginning, LENGTH);
        ByteBuffer costs = ByteBuffer.wrap(bytes, MAGIC.length + SALT, 8);
        int memory = costs.getInt();
        int iterations = costs.getInt();
        if (memory < 8 || memory > MOST_MEMORY_KIB || iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new BackupUnusable("the backup's first bytes are damaged");
        }
        return new SealedHeader(bytes, memory, iterations, phrase);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** @param mode {@link Cipher#ENCRYPT_MODE} or {@link Cipher#DECRYPT_MODE} */
    Cipher cipher(int mode, long chunk, boolean last) throws GeneralSecurityException {
        byte[] nonce =
                ByteBuffer.allocate(12).putInt(last ? 1 : 0).putLong(chunk).array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(bytes);
        return cipher;
    }
}
