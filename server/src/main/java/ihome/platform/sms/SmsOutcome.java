package ihome.platform.sms;

import java.util.regex.Pattern;

/**
 * What came of an attempt.
 *
 * @param detail the provider's code and words, for operators; without runs of digits that could be a mobile or a code
 */
record SmsOutcome(Kind kind, String detail) {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{4,}");
    private static final int LONGEST = 200;

    enum Kind {
        SENT,
        /** Not sent, and it would not be sent another time either. */
        REFUSED,
        /** Certainly not sent, and worth another attempt. */
        RETRY,
        /** Nobody can tell. */
        UNKNOWN
    }

    static SmsOutcome sent() {
        return new SmsOutcome(Kind.SENT, "");
    }

    /** The provider's code is kept as it is; its words are not, as they may quote the mobile. */
    static SmsOutcome of(Kind kind, String code, String words) {
        String safe = DIGITS.matcher(words).replaceAll("…");
        String detail = (code + " " + safe).strip();
        return new SmsOutcome(kind, detail.length() > LONGEST ? detail.substring(0, LONGEST) : detail);
    }

    /**
     * What the status alone tells where the body tells nothing: 429 and 503 say that the request was turned away;
     * any other may come from a gateway behind which the message went out.
     */
    static SmsOutcome ofStatus(int status) {
        Kind kind = status == 429 || status == 503
                ? Kind.RETRY
                : status >= 400 && status < 500 ? Kind.REFUSED : Kind.UNKNOWN;
        return new SmsOutcome(kind, "HTTP " + status);
    }
}
