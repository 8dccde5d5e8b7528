package ihome.verification;

import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.platform.ephemeral.ExpiringKeyValueStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;

/**
 * The codes that show who holds a mobile: six digits, five minutes, one use, five wrong tries of one address (API contract).
 * Whoever guesses from elsewhere uses up tries of their own and not the owner's. Fifty wrong ones of all end a code: it is
 * guessed with a chance of 50 in a million at most. Wrong codes also count by address and day ({@link
 * Limit#SMS_CODES_WRONG_PER_ADDRESS_DAY}): one address has a chance of 100 in a million a day, over all mobiles.
 */
public final class SmsCodes {
    static final Duration LIFETIME = Duration.ofMinutes(5);
    static final ExpiringKeyValueStore.Tries TRIES = new ExpiringKeyValueStore.Tries(5, 50);

    private final ExpiringKeyValueStore store;
    private final Limits limits;
    private final SecureRandom random = new SecureRandom();

    public SmsCodes(ExpiringKeyValueStore store, Limits limits) {
        this.store = store;
        this.limits = limits;
    }

    /** A new code for a mobile, in place of the one before. */
    String issue(Mobile mobile) {
        String code = String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000));
        store.put(key(mobile), code, LIFETIME);
        return code;
    }

    /**
     * Uses up the code. Fails with {@link VerificationProblem#SMS_CODE_WRONG}, and with REQERR after too many wrong ones.
     *
     * @param address who asks
     */
    public void redeem(Mobile mobile, String code, String address) {
        // Counted before it is looked at, so that codes sent at once count too, and given back when it was right.
        Limits.Use attempt = new Limits.Use(Limit.SMS_CODES_WRONG_PER_ADDRESS_DAY, address);
        limits.take(attempt);
        if (!store.guess(key(mobile), code, address, TRIES)) {
            throw VerificationProblem.SMS_CODE_WRONG.exception();
        }
        limits.giveBack(attempt);
    }

    private static String key(Mobile mobile) {
        return "SMSCode_" + mobile.digits();
    }
}
