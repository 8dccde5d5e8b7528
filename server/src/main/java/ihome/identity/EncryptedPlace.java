package ihome.identity;

/** Where encrypted values stand: what each is bound to, so that it opens nowhere else. */
public final class EncryptedPlace {
    private EncryptedPlace() {}

    public static String realName(long account) {
        return "account/" + account + "/real_name";
    }

    public static String idCard(long account) {
        return "account/" + account + "/id_card";
    }
}
