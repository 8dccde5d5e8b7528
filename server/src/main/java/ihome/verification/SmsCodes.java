package ihome.verification;

import ihome.platform.ephemeral.EphemeralStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;

/** The codes that show who holds a mobile: six digits, five minutes, one use, five wrong tries (API contract). */
public final class SmsCodes {
    static final Duration LIFETIME = Duration.ofMinutes(5);
    static final int TRIES = 5;

    private final EphemeralStore store;
    private final SecureRandom random = new SecureRandom();

    public SmsCodes(EphemeralStore store) {
        this.store = store;
    }

    /** A new code for a mobile, in place of the one before. */
    String issue(Mobile mobile) {
        String code = String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000));
        store.put(key(mobile), code, LIFETIME);
        return code;
    }

    /** Uses up the code. Fails with {@link VerificationProblem#SMS_CODE_WRONG}. */
    public void redeem(Mobile mobile, String code) {
        if (!store.guess(key(mobile), code, TRIES)) {
            throw VerificationProblem.SMS_CODE_WRONG.refusal();
        }
    }

    private static String key(Mobile mobile) {
        return "SMSCode_" + mobile.digits();
    }
}
