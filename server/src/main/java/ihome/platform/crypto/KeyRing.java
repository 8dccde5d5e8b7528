package ihome.platform.crypto;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys by their ids. What one of them has written, the ring reads. */
public final class KeyRing {
    private final Map<KeyId, FieldCipher> ciphers = new LinkedHashMap<>();
    private final List<byte[]> checks = new ArrayList<>();

    /** @param keys 32 bytes each */
    public KeyRing(List<byte[]> keys) {
        for (byte[] key : keys) {
            FieldCipher cipher = new FieldCipher(key);
            if (ciphers.putIfAbsent(cipher.keyId(), cipher) == null) {
                checks.add(KeyCheck.of(key));
            }
        }
    }

    /** The check values of its keys. */
    public List<byte[]> checks() {
        return List.copyOf(checks);
    }

    /** What writes with one of its keys; empty when it does not hold that one. */
    public Optional<FieldCipher> cipher(KeyId key) {
        return Optional.ofNullable(ciphers.get(key));
    }

    /** Whether it holds the key that a value was written with; true also for a value that does not say. */
    public boolean mayRead(byte[] sealed) {
        return !FieldCipher.hasKeyId(sealed) || ciphers.containsKey(FieldCipher.keyIdOf(sealed));
    }

    /** Fails with {@link IllegalStateException} when the value was altered, moved, or written with a key that is not here. */
    public String decrypt(byte[] sealed, String place) {
        if (FieldCipher.hasKeyId(sealed)) {
            return cipher(FieldCipher.keyIdOf(sealed))
                    .orElseThrow(FieldCipher::doesNotOpen)
                    .decrypt(sealed, place);
        }
        IllegalStateException failure = FieldCipher.doesNotOpen();
        for (FieldCipher cipher : ciphers.values()) {
            try {
                return cipher.decrypt(sealed, place);
            } catch (IllegalStateException e) {
                failure = e; // the tag tells: another key's
            }
        }
        throw failure;
    }
}
