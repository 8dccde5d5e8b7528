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

    /**
     * Of somebody who is named in an order.
     *
     * @param field {@code name}, {@code id_number} or {@code mobile}
     */
    public static String occupant(long order, int place, String field) {
        return "order/" + order + "/occupant/" + place + "/" + field;
    }
}
