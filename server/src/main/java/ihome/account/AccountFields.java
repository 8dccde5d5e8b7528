package ihome.account;

import ihome.platform.http.RequestFields;
import ihome.platform.text.RawLength;
import ihome.verification.Mobile;

/** The fields of requests about accounts, with their bounds. Each fails with PARAMERR naming the field. */
public final class AccountFields {
    private static final int LONGEST_NAME = 32;

    private AccountFields() {}

    /** The field {@code mobile}, however it is written. */
    static Mobile mobile(RequestFields fields) {
        return Mobile.parse(fields.rawText("mobile", RawLength.SHORT, "格式错误"));
    }

    /** The field {@code name}: what others see. */
    static DisplayName name(RequestFields fields) {
        return new DisplayName(fields.line("name", 1, LONGEST_NAME));
    }

    /** A password exactly as it was sent, whatever it is, but no longer than any could be. */
    public static String password(RequestFields fields, String name) {
        return fields.rawText(name, Passwords.MAX_RAW_LENGTH, Passwords.WRONG_LENGTH);
    }
}
