package ihome.limits;

import java.time.Duration;

/**
 * Every limit of the site, with its default. Each is counted in the database or in Redis; when that cannot be reached the request
 * fails instead of passing unlimited.
 */
public enum Limit {
    SMS_PER_MOBILE_MINUTE(1, Duration.ofSeconds(60), Scope.SUBJECT),
    SMS_PER_MOBILE_HOUR(5, Duration.ofHours(1), Scope.SUBJECT),
    SMS_PER_MOBILE_DAY(10, Duration.ofDays(1), Scope.SUBJECT),
    SMS_PER_ADDRESS(20, Duration.ofHours(1), Scope.ADDRESS),
    /** A block of ten thousand numbers, which all have their first seven digits in common: whoever pumps tries them in turn. */
    SMS_PER_NUMBER_RANGE(200, Duration.ofHours(1), Scope.RANGE),
    /** The budget of the whole site; counted by the site's calendar day. */
    SMS_TOTAL(10_000, Duration.ofDays(1), Scope.SITE),

    /** Wrong codes, over all mobiles: an attempt counts until it has turned out right. */
    SMS_CODES_WRONG_PER_ADDRESS_DAY(100, Duration.ofDays(1), Scope.ADDRESS),

    CAPTCHA_PER_ADDRESS(60, Duration.ofMinutes(1), Scope.ADDRESS),

    /** Failures: an attempt counts until it has turned out right. */
    LOGIN_PER_MOBILE_AND_ADDRESS(5, Duration.ofMinutes(10), Scope.SUBJECT),
    LOGIN_PER_ADDRESS(50, Duration.ofMinutes(10), Scope.ADDRESS),
    /** Failures of one mobile from addresses that never logged in; its owner's own addresses are not counted. */
    LOGIN_PER_MOBILE_FROM_STRANGERS(20, Duration.ofMinutes(10), Scope.SUBJECT),
    /** Wrong passwords where somebody logged in is asked for it once more: a change of password, an erasure. */
    PASSWORD_CONFIRMATION_PER_ACCOUNT(5, Duration.ofMinutes(10), Scope.SUBJECT),

    /** Log-ins of an account that stand at the same time; one more ends the oldest. */
    SESSIONS_PER_ACCOUNT(50, Duration.ZERO, Scope.STOCK),

    /** Copies of all that is held about an account. */
    EXPORTS_PER_ACCOUNT_DAY(5, Duration.ofDays(1), Scope.SUBJECT),

    HOUSES_PER_ACCOUNT_DAY(100, Duration.ofDays(1), Scope.SUBJECT),
    /** Houses that an account has at the same time. */
    HOUSES_PER_ACCOUNT(1_000, Duration.ZERO, Scope.STOCK),
    /** Uploads, also of pictures that turn out to be none. */
    PHOTOS_PER_ACCOUNT_DAY(1_000, Duration.ofDays(1), Scope.SUBJECT),
    /** Seconds of processor time that an account's pictures take, each picture one at least. */
    PICTURE_SECONDS_PER_ACCOUNT_HOUR(400, Duration.ofHours(1), Scope.SUBJECT),

    /** Orders of a guest that wait for the host's answer or the payment. */
    ORDERS_OPEN_PER_ACCOUNT(5, Duration.ZERO, Scope.STOCK),
    /** Such orders of one guest and one house. */
    ORDERS_OPEN_PER_ACCOUNT_AND_HOUSE(1, Duration.ZERO, Scope.STOCK),
    /** Nights of a guest's orders that wait for the host's answer or the payment, all of them together. */
    NIGHTS_HELD_PER_ACCOUNT(60, Duration.ZERO, Scope.STOCK),
    /** Orders that expired because the guest did not pay; who has so many places none for a day after the last. */
    ORDERS_EXPIRED_PER_ACCOUNT_WEEK(3, Duration.ofDays(7), Scope.SUBJECT),
    /** Orders placed, whatever became of them. */
    ORDERS_PER_ACCOUNT_DAY(50, Duration.ofDays(1), Scope.SUBJECT),
    /** Changes of orders asked for, also of what was refused. */
    ORDER_CHANGES_PER_ACCOUNT_DAY(20, Duration.ofDays(1), Scope.SUBJECT),

    /** Namings of who stays, each of all guests of an order, also those that are refused. */
    OCCUPANTS_PER_ACCOUNT_DAY(50, Duration.ofDays(1), Scope.SUBJECT),

    /** Reports, also those that are refused. */
    REPORTS_PER_ACCOUNT_DAY(20, Duration.ofDays(1), Scope.SUBJECT);

    /** What a limit counts by. */
    public enum Scope {
        /** One mobile or account. Holds in every mode. */
        SUBJECT,
        /** One client address. Lifted by {@code --dev}. */
        ADDRESS,
        /** A range of mobile numbers. Lifted by {@code --dev}, where invented numbers are alike. */
        RANGE,
        /** All together, a day. */
        SITE,
        /** What one account has, however long it took; counted where it is kept, not among the uses. */
        STOCK
    }

    private final int max;
    private final Duration window;
    private final Scope scope;

    Limit(int max, Duration window, Scope scope) {
        this.max = max;
        this.window = window;
        this.scope = scope;
    }

    public int defaultMax() {
        return max;
    }

    public Duration window() {
        return window;
    }

    public Scope scope() {
        return scope;
    }
}
