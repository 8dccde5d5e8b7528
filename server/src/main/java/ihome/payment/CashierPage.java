package ihome.payment;

import ihome.platform.money.Money;
import ihome.siteconfig.SiteSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** What the cashier's page looks like: Chinese, or English for who asks for it; one style sheet, no script. */
final class CashierPage {
    private static final String STYLE = """
            :root{color-scheme:light dark;--paper:#fbf7f0;--card:#fffdf9;--line:#e3d9ca;--edge:#8d8273;--ink:#26201a;
            --grey:#665d52;--persimmon:#bb3d25;--persimmon-deep:#9d301b;--on-persimmon:#fff;--jade:#26634f;
            --jade-wash:#e2efe8;--wash:#fbe9e1}
            @media (prefers-color-scheme:dark){:root{--paper:#16130f;--card:#211c17;--line:#3d352b;--edge:#8f8474;
            --ink:#f4ecdf;--grey:#b8ab9a;--persimmon:#f28b66;--persimmon-deep:#ffa685;--on-persimmon:#22100a;
            --jade:#86cdb1;--jade-wash:#1b322a;--wash:#3d2319}}
            *{box-sizing:border-box}
            body{margin:0;min-height:100vh;background:var(--paper);color:var(--ink);line-height:1.6;
            font:1rem/1.6 -apple-system,BlinkMacSystemFont,'PingFang SC','Noto Sans CJK SC','Microsoft YaHei','Segoe UI',sans-serif}
            main{max-width:26rem;margin:0 auto;padding:2.5rem 1rem}
            .card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.5rem}
            h1{font-size:1.0625rem;margin:0 0 1rem}
            .amount{font-size:2.25rem;font-weight:600;line-height:1.2;margin:0 0 1rem;font-variant-numeric:tabular-nums}
            dl{margin:0;padding-top:1rem;border-top:1px solid var(--line)}
            dt{color:var(--grey);font-size:.8125rem}
            dd{margin:0 0 .75rem;overflow-wrap:anywhere}
            .notice{padding:.75rem 1rem;border-radius:12px;background:var(--wash);font-size:.9375rem;margin:0 0 1rem}
            .card+.notice{margin-top:1rem}
            .good{background:var(--jade-wash);color:var(--jade)}
            button,.button{display:block;width:100%;min-height:48px;margin-top:.75rem;border-radius:12px;font:inherit;
            cursor:pointer;text-align:center;line-height:46px;text-decoration:none;border:1px solid var(--edge);
            background:transparent;color:var(--ink)}
            .primary{background:var(--persimmon);border-color:var(--persimmon);color:var(--on-persimmon);font-weight:600}
            .primary:hover{background:var(--persimmon-deep)}
            :focus-visible{outline:3px solid var(--persimmon);outline-offset:2px}
            footer{color:var(--grey);font-size:.8125rem;margin-top:1rem;text-align:center}
            a{color:inherit}
            """;

    /** Nothing but the page's own style and its form. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final boolean english;
    private final SiteSettings site;

    private CashierPage(boolean english, SiteSettings site) {
        this.english = english;
        this.site = site;
    }

    /**
     * @param asked {@code zh} or {@code en} where the address says so
     * @param preferred the header {@code Accept-Language}; its first language decides
     */
    static CashierPage in(Optional<String> asked, Optional<String> preferred, SiteSettings site) {
        String language = asked.filter(word -> word.equals("zh") || word.equals("en"))
                .or(() -> preferred.map(header -> header.strip().toLowerCase(Locale.ROOT)))
                .orElse("zh");
        return new CashierPage(language.startsWith("en"), site);
    }

    /**
     * @param status the cashier's word for how far the trade is, EXPIRED, or empty when it may be paid
     * @param back where the browser goes from a trade that is over; empty for the orders
     */
    String bill(CashierBill bill, String status, String back) {
        String body = """
                <p class="notice">%s</p>
                <section class="card">
                <h1>%s</h1>
                <p class="amount">%s</p>
                <dl><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd></dl>
                </section>
                %s
                <footer>%s</footer>""".formatted(
                        say("演示收银台：不会产生真实扣款。", "Demo checkout: you won’t be charged."),
                        say("订单付款", "Payment for your stay"),
                        amount(bill.amount()),
                        say("房源", "Place"),
                        escape(bill.subject()),
                        say("入住 – 离店", "Dates"),
                        nights(bill),
                        say("付款截止", "Pay by"),
                        escape(bill.expires()),
                        actions(bill, status, back),
                        otherLanguage(bill));
        return page(say("付款", "Payment"), body);
    }

    /** For an address that this cashier did not make. */
    String unknown() {
        return page(
                say("付款", "Payment"),
                "<p class=\"notice\" role=\"alert\">"
                        + say(
                                "付款链接无效，请回到订单重新付款。",
                                "This payment link isn’t valid. Go back to your booking and pay again from there.")
                        + "</p>" + toOrders("/orders"));
    }

    private String actions(CashierBill bill, String status, String back) {
        return switch (status) {
            case "TRADE_SUCCESS" ->
                "<p class=\"notice good\">" + say("付款成功。", "Payment received.") + "</p>" + toOrders(back);
            case "TRADE_CLOSED" ->
                "<p class=\"notice\">" + say("付款已取消。", "This payment was cancelled.") + "</p>" + toOrders(back);
            case "EXPIRED" ->
                "<p class=\"notice\" role=\"alert\">" + say("已超过付款时间。", "The time to pay has passed.") + "</p>"
                        + toOrders("/orders");
            default -> form(bill);
        };
    }

    private String form(CashierBill bill) {
        StringBuilder hidden = new StringBuilder();
        bill.fields().forEach((name, value) -> hidden.append(hidden(name, value)));
        return """
                <form method="post" action="%s">%s%s
                <button class="primary" name="action" value="pay">%s %s</button>
                <button name="action" value="decline">%s</button>
                </form>""".formatted(
                        Cashier.PATH,
                        hidden,
                        hidden("lang", english ? "en" : "zh"),
                        say("付款", "Pay"),
                        amount(bill.amount()),
                        say("取消付款", "Cancel payment"));
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + escape(name) + "\" value=\"" + escape(value) + "\">";
    }

    private String toOrders(String target) {
        return "<a class=\"button\" href=\"" + escape(target.isEmpty() ? "/orders" : target) + "\">"
                + say("返回订单", "Back to your booking") + "</a>";
    }

    private String otherLanguage(CashierBill bill) {
        String query = SignedFields.encode(bill.fields()) + "&lang=" + (english ? "zh" : "en");
        return "<a href=\"" + escape(Cashier.PATH + "?" + query) + "\" lang=\"" + (english ? "zh-CN" : "en") + "\">"
                + (english ? "中文" : "English") + "</a>";
    }

    private String nights(CashierBill bill) {
        String days = english ? bill.start() + " – " + bill.end() : bill.start() + " 至 " + bill.end();
        String count =
                english ? bill.nights() + (bill.nights().equals("1") ? " night" : " nights") : bill.nights() + " 晚";
        return escape(days + " · " + count);
    }

    /** Fen as yuan with two decimals and separators, the same in both languages. */
    private String amount(Money amount) {
        return escape(site.currency()) + String.format(Locale.ROOT, "%,d.%02d", amount.fen() / 100, amount.fen() % 100);
    }

    private String say(String chinese, String inEnglish) {
        return english ? inEnglish : chinese;
    }

    private String page(String title, String body) {
        return """
                <!doctype html>
                <html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
                <meta name="robots" content="noindex"><title>%s</title><style>%s</style></head>
                <body><main>%s</main></body></html>
                """.formatted(
                english ? "en" : "zh-CN", title + " · " + escape(say(site.name(), site.nameEnglish())), STYLE, body);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
