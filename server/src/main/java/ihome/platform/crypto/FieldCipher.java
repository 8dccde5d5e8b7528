package ihome.platform.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts single fields with AES-256-GCM (NIST SP 800-38D). Each value is bound to its place (such as
 * {@code account/7/id_card}), so that one row's value does not decrypt in another's.
 *
 * <p>Layout: version byte 2, the key's id ({@link KeyId}), 12 bytes of nonce, ciphertext with a 16-byte tag. Version 1,
 * which is still read, has no key id.
 */
public final class FieldCipher {
    private static final byte WITHOUT_KEY_ID = 1;
    private static final byte VERSION = 2;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final KeyId id;
    private final SecureRandom random = new SecureRandom();

    /** @param key 32 bytes */
    public FieldCipher(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("the key for personal data must have 32 bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
        this.id = KeyId.of(KeyCheck.of(key));
    }

    public KeyId keyId() {
        return id;
    }

    public byte[] encrypt(String plain, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(plain.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + KeyId.BYTES + NONCE_BYTES + sealed.length)
                    .put(VERSION)
                    .put(id.bytes())
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM failed to encrypt", e);
        }
    }

    /** Fails with {@link IllegalStateException} when the value was altered, moved, or written with another key. */
    public String decrypt(byte[] sealed, String place) {
        int start = 1 + (hasKeyId(sealed) ? KeyId.BYTES : 0);
        if (sealed.length <= start + NONCE_BYTES || (sealed[0] != VERSION && sealed[0] != WITHOUT_KEY_ID)) {
            throw new IllegalStateException("an encrypted field has an unknown layout");
        }
        if (hasKeyId(sealed) && !keyIdOf(sealed).equals(id)) {
            throw doesNotOpen();
        }
        byte[] nonce = Arrays.copyOfRange(sealed, start, start + NONCE_BYTES);
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, nonce, place)
                    .doFinal(sealed, start + NONCE_BYTES, sealed.length - start - NONCE_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw doesNotOpen();
        }
    }

    /** Whether the value says which key it was written with. */
    static boolean hasKeyId(byte[] sealed) {
        return sealed.length > KeyId.BYTES && sealed[0] == VERSION;
    }

    /** The key that the value says it was written with; it says so when it {@link #hasKeyId}. */
    static KeyId keyIdOf(byte[] sealed) {
        return KeyId.of(Arrays.copyOfRange(sealed, 1, sealed.length));
    }

    static IllegalStateException doesNotOpen() {
        return new IllegalStateException("an encrypted field does not open with this key: is identity.key the one "
                + "that this database was filled with?");
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
