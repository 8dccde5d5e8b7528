package ihome.platform.session;

import ihome.platform.ephemeral.EphemeralStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * Opaque session tokens: 256 bits of {@link SecureRandom}, kept as their SHA-256 only, so that who reads the store
 * cannot log in with what he finds.
 */
public final class Sessions {
    private final EphemeralStore store;
    private final Duration lifetime;
    private final SecureRandom random = new SecureRandom();

    public Sessions(EphemeralStore store, Duration lifetime) {
        this.store = store;
        this.lifetime = lifetime;
    }

    /** A new token for an account. The caller ends the old one, if any. */
    public String begin(long account) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        store.put(key(token), Long.toString(account), lifetime, group(account));
        return token;
    }

    /** The account that a token stands for; empty when it has ended, expired, or never was. */
    public OptionalLong account(String token) {
        return store.get(key(token)).map(Long::parseLong).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /** Ends a session; a token that stands for nobody is fine. */
    public void end(String token) {
        store.take(key(token));
    }

    /** Ends every session that the account has now; one that begins meanwhile may stay. */
    public void endAll(long account) {
        store.endGroup(group(account));
    }

    private static String group(long account) {
        return "Sessions_" + account;
    }

    private static String key(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return "Session_" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
