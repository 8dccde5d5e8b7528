package ihome.testing;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;

/** How a guest pays at the built-in cashier. */
public final class CashierDesk {
    private CashierDesk() {}

    /** Asks for the payment and makes it; false when either was refused. */
    public static boolean pay(ApiClient guest, long order) {
        Reply asked = guest.post("/orders/" + order + "/payment", "");
        return asked.status() == 200
                && asked.errno().equals("0")
                && decide(guest, asked.data().path("pay_url").asString()).status() == 303;
    }

    /** Presses the button on the page of an address that was handed out. */
    public static Reply decide(ApiClient anybody, String payUrl) {
        return anybody.send(
                "POST",
                "//cashier",
                "application/x-www-form-urlencoded",
                BodyPublishers.ofString(URI.create(payUrl).getRawQuery() + "&action=pay"));
    }
}
