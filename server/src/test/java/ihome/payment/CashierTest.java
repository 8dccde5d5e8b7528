package ihome.payment;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.ledger.LedgerCheck;
import ihome.platform.config.Settings;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The built-in cashier: the default of a site on this machine, and of no other. */
final class CashierTest {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

    private static Reply pay(Market market, long order) {
        return market.guest.post("/orders/" + order + "/payment", "");
    }

    /** From the root, as {@link ApiClient} takes it. */
    private static String page(Market market, long order) {
        URI url =
                URI.create(pay(market, order).expect("0").data().path("pay_url").asString());
        return "/" + url.getRawPath() + "?" + url.getRawQuery();
    }

    private static Map<String, String> form(String html) {
        Map<String, String> fields = new HashMap<>();
        Matcher matcher = HIDDEN.matcher(html);
        while (matcher.find()) {
            fields.put(matcher.group(1), unescaped(matcher.group(2)));
        }
        return fields;
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static Reply decide(ApiClient client, String page, String action) {
        Map<String, String> form = form(client.get(page).expectStatus(200).text());
        form.put("action", action);
        return client.send(
                "POST",
                "//cashier",
                "application/x-www-form-urlencoded",
                BodyPublishers.ofString(SignedFields.encode(form)));
    }

    private static Reply comesBack(ApiClient client, Reply decided) {
        assertThat(decided.status()).isEqualTo(303);
        String query = URI.create(decided.header("Location")).getRawQuery();
        return client.put("/order/payment", Json.text(AlipayService.decode(query)));
    }

    @Test
    void aGuestPaysOnItsPage() {
        try (Market market = new Market()) {
            long order = market.booked(market.house(Map.of("instant_booking", true, "title", "<b>鼓楼</b>旁的四合院")), 1, 3);
            String page = page(market, order);
            ApiClient anybody = market.server.client();
            Reply chinese = anybody.get(page).expectStatus(200);
            assertThat(chinese.text())
                    .contains("¥1,276.00", "&lt;b&gt;", "2026-06-02 至 2026-06-04 · 2 晚", "付款", "取消付款", "不会产生真实扣款")
                    .doesNotContain("<script", "<b>鼓楼");
            assertThat(chinese.header("Content-Security-Policy")).startsWith("default-src 'none'; style-src 'sha256-");
            Reply english = market.server
                    .client()
                    .with("Accept-Language", "en-GB,en;q=0.9")
                    .get(page);
            assertThat(english.text()).contains("2 nights", "Cancel payment", "lang=\"en\"");
            Reply decided = decide(anybody, page, "pay");
            assertThat(market.status(order)).isEqualTo("PAID");
            comesBack(anybody, decided).expect("0");
            assertThat(anybody.get(page).text()).contains("付款成功").doesNotContain("<form");
            comesBack(anybody, decideAgain(anybody, chinese.text(), "decline")).expect("0");
            assertThat(market.status(order)).isEqualTo("PAID");
            assertThat(market.server.rows("ledger_posting")).isEqualTo(1);

            Market.act(market.guest, order, "cancel").expect("0");
            Await.until(() -> {
                market.server.payments().refund();
                return market.server.number("select count(*) from refund where done_at is null") == 0;
            });
            assertThat(market.server.number("select sum(amount) from cashier_refund"))
                    .isEqualTo(127_600);
            assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        }
    }

    /** Somebody who kept the form sends it once more. */
    private static Reply decideAgain(ApiClient client, String html, String action) {
        Map<String, String> form = form(html);
        form.put("action", action);
        return client.send(
                "POST",
                "//cashier",
                "application/x-www-form-urlencoded",
                BodyPublishers.ofString(SignedFields.encode(form)));
    }

    @Test
    void whoDeclinesMayPayAfterAll() {
        try (Market market = new Market()) {
            long order = market.booked(market.instantHouse(), 1, 2);
            String page = page(market, order);
            comesBack(market.guest, decide(market.guest, page, "decline")).expect("4004", "付款已取消");
            assertThat(market.status(order)).isEqualTo("WAIT_PAYMENT");
            String again = page(market, order);
            assertThat(again).isNotEqualTo(page);
            comesBack(market.guest, decide(market.guest, again, "pay")).expect("0");
            assertThat(market.status(order)).isEqualTo("PAID");
        }
    }

    @Test
    void nobodyChangesWhatIsToBePaidOrPaysTooLate() {
        try (Market market = new Market()) {
            long order = market.booked(market.instantHouse(), 1, 2);
            String page = page(market, order);
            assertThat(market.guest.get(page.replace("888.00", "000.01")).status())
                    .isEqualTo(404);
            assertThat(market.guest.get("//cashier").expectStatus(404).text()).contains("付款链接无效");
            Map<String, String> form = form(market.guest.get(page).text());
            form.put("total_amount", "0.01");
            form.put("action", "pay");
            assertThat(market.guest
                            .send(
                                    "POST",
                                    "//cashier",
                                    "application/x-www-form-urlencoded",
                                    BodyPublishers.ofString(SignedFields.encode(form)))
                            .status())
                    .isEqualTo(404);
            market.server.advance(Duration.ofMinutes(31));
            assertThat(decide(market.guest, page, "pay").text()).contains("已超过付款时间");
            assertThat(market.server.rows("cashier_trade")).isZero();
            assertThat(market.status(order)).isEqualTo("CANCELED");
        }
    }

    /** The cashier has the money and the shop was never told. */
    @Test
    void aNotificationThatWasLostIsAskedFor() {
        try (Market market = new Market()) {
            long order = market.booked(market.instantHouse(), 1, 2);
            String page = page(market, order);
            market.server.refusing("insert", "ledger_posting", () -> decide(market.guest, page, "pay"));
            assertThat(market.status(order)).isEqualTo("WAIT_PAYMENT");
            market.server.advance(Duration.ofMinutes(1));
            Await.until(() -> {
                market.server.payments().reconcile();
                return market.status(order).equals("PAID");
            });
        }
    }

    @Test
    void twoNodesAreOneCashier() {
        try (Market market = new Market()) {
            long order = market.booked(market.instantHouse(), 1, 2);
            String page = page(market, order);
            try (TestServer other = market.server.anotherNode()) {
                ApiClient client = other.client();
                comesBack(market.guest, decide(client, page, "pay")).expect("0");
            }
            assertThat(market.status(order)).isEqualTo("PAID");
        }
    }

    /** Nobody pays for nothing on a site that others reach, unless its operator says so. */
    @Test
    void aPublicSiteHasNoCashierUnlessItIsAskedFor() {
        Map<String, String> site = Map.of("IHOME_PUBLIC_URL", "https://ihome.example", "IHOME_DEV", "false");
        assertThat(config(site)).isInstanceOf(PaymentConfig.None.class);
        assertThat(config(Map.of("IHOME_PUBLIC_URL", "http://192.168.1.5:8080")))
                .isInstanceOf(PaymentConfig.None.class);
        assertThat(config(Map.of("IHOME_PUBLIC_URL", "http://localhost:8080")))
                .isInstanceOf(PaymentConfig.Cashier.class);
        assertThat(config(Map.of())).isInstanceOf(PaymentConfig.Cashier.class);
        Map<String, String> chosen = new HashMap<>(site);
        chosen.put("IHOME_PAYMENT", "cashier");
        assertThat(config(chosen)).isInstanceOf(PaymentConfig.Cashier.class);
        try (Market market = new Market(Map.of("IHOME_PUBLIC_URL", "http://ihome.example"))) {
            long order = market.booked(market.instantHouse(), 1, 2);
            pay(market, order).expect("4201", "到店付款的订单无需在线支付，请在入住时付款给房东");
            market.guest.put("/order/payment", "{\"sign\": \"x\"}").expect("4201", "到店付款的订单无需在线支付，请在入住时付款给房东");
            assertThat(market.guest
                            .send(
                                    "POST",
                                    "/payment",
                                    "application/x-www-form-urlencoded",
                                    BodyPublishers.ofString("a=b"))
                            .text())
                    .isEqualTo("failure");
            assertThat(market.guest.get("//cashier").status()).isEqualTo(404);
        }
    }

    private static PaymentConfig config(Map<String, String> environment) {
        Settings settings = new Settings(List.of(), Set.of(), environment);
        return PaymentConfig.from(settings, settings.url("public-url", ""));
    }
}
