package ihome.payment;

import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.siteconfig.CurrentSite;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page of the built-in cashier. It needs no script and no session: its address is what one has to know. */
final class CashierRoutes {
    private static final Logger log = LoggerFactory.getLogger(CashierRoutes.class);
    private static final String HTML = "text/html; charset=utf-8";

    private final Cashier cashier;
    private final PaymentNotifications reports;
    private final CurrentSite site;

    CashierRoutes(Cashier cashier, PaymentNotifications reports, CurrentSite site) {
        this.site = site;
        this.cashier = cashier;
        this.reports = reports;
    }

    List<Route> routes() {
        return List.of(
                Route.get(Cashier.PATH, Access.OPEN, this::show), Route.post(Cashier.PATH, Access.OPEN, this::decide));
    }

    private CashierPage page(Request request, Optional<String> language) {
        return CashierPage.in(
                language, request.header("Accept-Language"), site.get().settings());
    }

    private Response show(Request request) {
        CashierPage page = page(request, request.query("lang"));
        try {
            CashierBill bill = cashier.bill(fields(name -> request.query(name).orElse("")));
            Optional<CashierStore.Entry> entry = cashier.entry(bill);
            String back = entry.map(known -> back(bill, known)).orElse("");
            return html(
                    200, page.bill(bill, entry.map(CashierStore.Entry::status).orElse(""), back));
        } catch (InvalidSignatureException e) {
            return html(404, page.unknown());
        }
    }

    /** Decides, notifies the shop by its one way, and sends the browser back with signed fields. */
    private Response decide(Request request) {
        Map<String, String> form = request.form();
        CashierPage page = page(request, Optional.ofNullable(form.get("lang")));
        try {
            CashierBill bill = cashier.bill(fields(name -> form.getOrDefault(name, "")));
            boolean pay = form.getOrDefault("action", "").equals("pay");
            Optional<CashierStore.Entry> entry = cashier.decide(bill, pay);
            if (entry.isEmpty()) {
                return html(200, page.bill(bill, "EXPIRED", ""));
            }
            tell(bill, entry.get());
            return Response.of(303, HTML, new byte[0])
                    .with("Location", back(bill, entry.get()))
                    .with("Cache-Control", "no-store");
        } catch (InvalidSignatureException e) {
            return html(404, page.unknown());
        }
    }

    /** A notification that is refused or lost is made good by the shop's own asking. */
    private void tell(CashierBill bill, CashierStore.Entry entry) {
        try {
            reports.notified(cashier.notification(bill.trade(), entry));
        } catch (InvalidSignatureException e) {
            log.warn("the cashier's notification was refused: {}", e.getMessage());
        }
    }

    /** From the root: the browser stays at the address that it knows the site by. */
    private String back(CashierBill bill, CashierStore.Entry entry) {
        return PaymentRoutes.RETURN + "?" + SignedFields.encode(cashier.returning(bill.trade(), entry));
    }

    private static Map<String, String> fields(Function<String, String> source) {
        Map<String, String> fields = new HashMap<>();
        for (String name : CashierBill.FIELDS) {
            String value = source.apply(name);
            if (!value.isEmpty()) {
                fields.put(name, value);
            }
        }
        return fields;
    }

    private static Response html(int status, String html) {
        return Response.of(status, HTML, html.getBytes(StandardCharsets.UTF_8))
                .with("Content-Security-Policy", CashierPage.POLICY)
                .with("Cache-Control", "no-store")
                .with("X-Content-Type-Options", "nosniff")
                .with("X-Frame-Options", "DENY")
                .with("Referrer-Policy", "no-referrer");
    }
}
