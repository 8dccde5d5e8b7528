package ihome.verification;

import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.platform.db.Database;
import ihome.platform.ephemeral.ExpiringKeyValueStore;
import ihome.platform.outbox.Outbox;
import java.util.Locale;
import java.util.Map;

/**
 * Sends an SMS code to who solved a captcha. The captcha is used up first, right or wrong, so that nobody can use up
 * a mobile's limits without solving one.
 *
 * <p>Fails with {@link VerificationProblem#CAPTCHA_WRONG} and with REQERR when a limit is reached.
 */
final class SendSmsCode {
    /** Kind of the outbox message; its payload has {@code mobile} and {@code code}. */
    static final String MESSAGE = "sms";

    private final ExpiringKeyValueStore store;
    private final SmsCodes codes;
    private final Limits limits;
    private final Database database;
    private final Outbox outbox;
    private final SmsBudget budget;

    SendSmsCode(
            ExpiringKeyValueStore store,
            SmsCodes codes,
            Limits limits,
            Database database,
            Outbox outbox,
            SmsBudget budget) {
        this.budget = budget;
        this.store = store;
        this.codes = codes;
        this.limits = limits;
        this.database = database;
        this.outbox = outbox;
    }

    void run(Mobile mobile, String captchaId, String captchaText, String address) {
        String expected =
                store.take(CaptchaRoutes.key(captchaId)).orElseThrow(VerificationProblem.CAPTCHA_WRONG::exception);
        if (!expected.equals(captchaText.strip().toUpperCase(Locale.ROOT))) {
            throw VerificationProblem.CAPTCHA_WRONG.exception();
        }
        limits.take(
                new Limits.Use(Limit.SMS_PER_MOBILE_MINUTE, mobile.digits()),
                new Limits.Use(Limit.SMS_PER_MOBILE_HOUR, mobile.digits()),
                new Limits.Use(Limit.SMS_PER_MOBILE_DAY, mobile.digits()),
                new Limits.Use(Limit.SMS_PER_ADDRESS, address),
                new Limits.Use(Limit.SMS_PER_NUMBER_RANGE, mobile.range()),
                SmsBudget.ALL);
        budget.taken();
        String code = codes.issue(mobile);
        Outbox.Message message = database.inTransaction(
                transaction -> outbox.add(transaction, MESSAGE, Map.of("mobile", mobile.digits(), "code", code)));
        outbox.deliver(message);
    }
}
