package ihome.platform.idempotency;

import ihome.platform.db.Database;
import ihome.platform.problem.BusinessException;
import ihome.platform.problem.Errno;
import ihome.platform.time.SiteTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Idempotency keys, kept in the transaction of the work they stand for: both are there or neither is. A key belongs to
 * one account and one operation and lasts {@link #LIFETIME}. A refused request leaves no key behind, so the next
 * attempt with it is looked at anew.
 */
public final class IdempotencyKeys {
    public static final Duration LIFETIME = Duration.ofHours(24);

    private static final int LONGEST = 255;

    private final IdempotencyStore store = new IdempotencyStore();
    private final Database database;
    private final SiteTime time;

    public IdempotencyKeys(Database database, SiteTime time) {
        this.database = database;
        this.time = time;
    }

    /**
     * A key as a client sent it; empty when it sent none.
     *
     * @param account whose key it is
     * @param operation what it is used for
     * @param key 1 to 255 visible ASCII characters
     * @param asked everything that was asked for, in one text
     */
    public record Key(long account, String operation, String key, String asked) {
        public Key {
            if (key.isEmpty() || key.length() > LONGEST || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw BusinessException.badField("Idempotency-Key", "应为 1 到 " + LONGEST + " 个可见 ASCII 字符");
            }
        }
    }

    /**
     * Does the work, or answers what it answered when it was done before. Who comes while another does the same work
     * waits for the end of that transaction. Fails with REQERR when the key stood for something else.
     */
    public String once(Handle tx, Key key, Supplier<String> work) {
        String asked = sha256(key.asked());
        if (!store.claim(tx, key, asked, time.now(), expired())) {
            return store.answer(tx, key, asked)
                    .orElseThrow(() -> new BusinessException(Errno.REQERR, "该 Idempotency-Key 已用于另一个请求"));
        }
        String answer = work.get();
        store.setAnswer(tx, key, answer);
        return answer;
    }

    /** Forgets all keys of an account. */
    public void forget(Handle tx, long account) {
        store.deleteOf(tx, account);
    }

    /** Removes keys that no longer count; returns how many. */
    public int sweep() {
        return database.withConnection(handle -> store.deleteUntil(handle, expired()));
    }

    private Instant expired() {
        return time.now().minus(LIFETIME);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
