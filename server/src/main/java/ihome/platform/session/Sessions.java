package ihome.platform.session;

import ihome.platform.ephemeral.ExpiringKeyValueStore;
import ihome.platform.problem.Unavailable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opaque session tokens: 256 bits of {@link SecureRandom}, kept as their SHA-256 only, so that who reads the store
 * cannot log in with what he finds.
 */
public final class Sessions {
    private static final Logger log = LoggerFactory.getLogger(Sessions.class);
    private static final String PREFIX = "Session_";
    private static final int ID_LENGTH = 32;

    private final ExpiringKeyValueStore store;
    private final Duration lifetime;
    private final int most;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param most sessions that an account has at the same time; one more ends the oldest */
    public Sessions(ExpiringKeyValueStore store, Duration lifetime, int most, Clock clock) {
        this.store = store;
        this.lifetime = lifetime;
        this.most = most;
        this.clock = clock;
    }

    /**
     * A new token for an account. The caller ends the old one, if any; the account's oldest ends when it has too many.
     *
     * @param device as {@link Device} tells it
     */
    public String begin(long account, String device) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String value = SessionValue.begun(account, clock.instant(), device).text();
        store.put(key(token), value, lifetime, group(account), most);
        return token;
    }

    /** The account that a token stands for; empty when it has ended, expired, or never was. */
    public OptionalLong account(String token) {
        String key = key(token);
        Optional<SessionValue> kept = store.get(key).flatMap(SessionValue::parse);
        if (kept.isEmpty()) {
            return OptionalLong.empty();
        }
        noteUse(key, kept.get());
        return OptionalLong.of(kept.get().account());
    }

    /** Once an hour. A session that ended meanwhile stays ended; a store that only reads now is written to later. */
    private void noteUse(String key, SessionValue value) {
        Instant now = clock.instant();
        if (value.wasUsedInHourOf(now)) {
            return;
        }
        try {
            store.change(key, value.used(now).text());
        } catch (Unavailable | JdbiException e) {
            log.debug("the last use of a session was not noted: {}", e.getMessage());
        }
    }

    /**
     * The account's sessions, the newest first.
     *
     * @param token of who asks
     */
    public List<Session> of(long account, Optional<String> token) {
        String own = token.map(Sessions::key).orElse("");
        List<Session> sessions = new ArrayList<>();
        store.group(group(account), most).forEach((key, text) -> {
            SessionValue.parse(text)
                    .ifPresent(value -> sessions.add(new Session(
                            id(key),
                            value.device(),
                            Instant.ofEpochSecond(value.begun()),
                            value.lastUsed(),
                            key.equals(own))));
        });
        sessions.sort(Comparator.comparing(Session::begun).reversed().thenComparing(Session::id));
        return List.copyOf(sessions);
    }

    /** Ends a session; a token that stands for nobody is fine. */
    public void end(String token) {
        String key = key(token);
        store.take(key).flatMap(SessionValue::parse).ifPresent(value -> store.leave(group(value.account()), key));
    }

    /** Ends the account's session of an id; false when it has none such (any more). */
    public boolean end(long account, String id) {
        return store.group(group(account), Integer.MAX_VALUE).keySet().stream()
                .filter(key -> id(key).equals(id))
                .findFirst()
                .filter(key -> ends(account, key))
                .isPresent();
    }

    private boolean ends(long account, String key) {
        boolean ended = store.take(key).isPresent();
        store.leave(group(account), key);
        return ended;
    }

    /** Ends every session that the account has now; one that begins meanwhile may stay. */
    public void endAll(long account) {
        store.endGroup(group(account));
    }

    /** As {@link #endAll}, and leaves the token's own alone. */
    public void endOthers(long account, String token) {
        store.endGroup(group(account), key(token));
    }

    private static String group(long account) {
        return "Sessions_" + account;
    }

    private static String id(String key) {
        return key.substring(PREFIX.length(), PREFIX.length() + ID_LENGTH);
    }

    private static String key(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
