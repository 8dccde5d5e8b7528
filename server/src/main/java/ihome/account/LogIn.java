package ihome.account;

import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.platform.db.Database;
import ihome.platform.ephemeral.ExpiringKeyValueStore;
import ihome.platform.outbox.Channel;
import ihome.platform.problem.Overloaded;
import ihome.verification.Mobile;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Logs in by mobile and password. An attempt counts against the limits before the password is looked at, so that
 * attempts sent at once count too, and is given back when it was right. Guesses from strange addresses slow one another
 * down; an address that logged in to this account before is not among them, so its owner is not shut out.
 *
 * <p>Fails with {@link AccountProblem#WRONG_CREDENTIALS}, the same and after the same work whether or not the mobile
 * is registered, and with REQERR when a limit is reached.
 */
final class LogIn {
    /** How long an address stays known to an account. */
    private static final Duration KNOWN_FOR = Duration.ofDays(90);

    private final Database database;
    private final AccountStore accounts;
    private final Passwords passwords;
    private final Limits limits;
    private final ExpiringKeyValueStore store;

    LogIn(Database database, AccountStore accounts, Passwords passwords, Limits limits, ExpiringKeyValueStore store) {
        this.database = database;
        this.accounts = accounts;
        this.passwords = passwords;
        this.limits = limits;
        this.store = store;
    }

    /**
     * A log-in that was right.
     *
     * @param hash of the password that it was right for
     */
    record Right(long account, String hash) {}

    Right run(Mobile mobile, String password, String address) {
        boolean known = store.get(knownAddress(mobile, address)).isPresent();
        Limits.Use[] attempt = attempt(mobile, address, known);
        limits.take(attempt);
        Optional<AccountStore.Credentials> credentials =
                database.withConnection(tx -> accounts.credentials(tx, mobile.digits()));
        String hash = credentials.map(AccountStore.Credentials::passwordHash).orElse(null);
        if (!matches(password, hash, attempt) || credentials.isEmpty() || hash == null) {
            throw AccountProblem.WRONG_CREDENTIALS.exception();
        }
        limits.giveBack(attempt);
        remember(mobile, address);
        return new Right(credentials.get().id(), hash);
    }

    /**
     * Whether the password is still the account's. Asked once the session has begun: when the password was replaced
     * while it was being checked, the session may have begun after all others were ended.
     */
    boolean stands(Right login) {
        return database.withConnection(tx -> accounts.passwordHash(tx, login.account()))
                .filter(login.hash()::equals)
                .isPresent();
    }

    /** A password that there was no time to look at was no wrong guess. */
    private boolean matches(String password, @Nullable String hash, Limits.Use[] attempt) {
        try {
            return passwords.matches(password, hash);
        } catch (Overloaded e) {
            limits.giveBack(attempt);
            throw e;
        }
    }

    /** From now on the address is one of the account's own; registering from it is as good as logging in. */
    void remember(Mobile mobile, String address) {
        store.put(knownAddress(mobile, address), "1", KNOWN_FOR, knownAddresses(mobile.digits()));
    }

    /** Where messages of {@link AccountModule#FORGET_ADDRESSES} go. */
    static Channel forgettingAddresses(ExpiringKeyValueStore store) {
        return payload -> store.endGroup(knownAddresses(payload.path("mobile").asString()));
    }

    private static String knownAddresses(String digits) {
        return "LogInsOf_" + digits;
    }

    private static String knownAddress(Mobile mobile, String address) {
        return "LogInFrom_" + mobile.digits() + "_" + address;
    }

    private static Limits.Use[] attempt(Mobile mobile, String address, boolean known) {
        Limits.Use here = new Limits.Use(Limit.LOGIN_PER_MOBILE_AND_ADDRESS, mobile.digits() + "_" + address);
        Limits.Use fromAddress = new Limits.Use(Limit.LOGIN_PER_ADDRESS, address);
        return known
                ? new Limits.Use[] {here, fromAddress}
                : new Limits.Use[] {
                    here, fromAddress, new Limits.Use(Limit.LOGIN_PER_MOBILE_FROM_STRANGERS, mobile.digits())
                };
    }
}
