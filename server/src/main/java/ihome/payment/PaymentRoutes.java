package ihome.payment;

import ihome.booking.OrderPayments;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Paying: the guest's way to the provider, the provider's notification, the browser's way back. */
final class PaymentRoutes {
    private static final Logger log = LoggerFactory.getLogger(PaymentRoutes.class);
    private static final String BASE = "/api/v1.0";
    /** Where providers send notifications, from the root. */
    static final String NOTIFY = BASE + "/payment";
    /** The page of the web app that browsers come back to, from the root. */
    static final String RETURN = "/payment/return";

    private static final String SAVE_FAILED = "保存付款信息失败";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final Pattern PHONE = Pattern.compile("Mobile|Android|iPhone|HarmonyOS");

    private final @Nullable OpenPayment openPayment;
    private final @Nullable PaymentNotifications reports;

    /** @param openPayment null, as is {@code reports}, where nobody takes payments */
    PaymentRoutes(@Nullable OpenPayment openPayment, @Nullable PaymentNotifications reports) {
        this.openPayment = openPayment;
        this.reports = reports;
    }

    List<Route> routes() {
        return List.of(
                Route.post(BASE + "/orders/{order_id}/payment", Access.LOGIN, this::open)
                        .onDatabaseFailure(SAVE_FAILED),
                Route.post(BASE + "/orders/{order_id}/changes/{change_id}/payment", Access.LOGIN, this::openChange)
                        .onDatabaseFailure(SAVE_FAILED),
                Route.post(NOTIFY, Access.OPEN, this::notified).onDatabaseFailure(SAVE_FAILED),
                Route.put(BASE + "/order/payment", Access.OPEN, this::returned).onDatabaseFailure(SAVE_FAILED));
    }

    private record PayView(String payUrl) {}

    private record PaidView(long orderId) {}

    private Response open(Request request) {
        return open(request, new PaymentStore.Subject(request.id("order_id"), null));
    }

    private Response openChange(Request request) {
        return open(request, new PaymentStore.Subject(request.id("order_id"), request.id("change_id")));
    }

    private Response open(Request request, PaymentStore.Subject what) {
        if (openPayment == null) {
            throw OrderPayments.PAID_ON_ARRIVAL.exception();
        }
        boolean phone = request.header("User-Agent")
                .filter(agent -> PHONE.matcher(agent).find())
                .isPresent();
        Optional<String> key = request.header("Idempotency-Key");
        return Response.ok(new PayView(openPayment.run(request.viewer(), what, phone, key)));
    }

    /** Answers the provider's own words: with anything but {@code success} it notifies again. */
    private Response notified(Request request) {
        if (reports == null) {
            return word("failure");
        }
        try {
            reports.notified(request.form());
            return word("success");
        } catch (InvalidSignatureException e) {
            log.warn("a payment notification was refused: {}", e.getMessage());
            return word("failure");
        }
    }

    private static Response word(String word) {
        return Response.of(200, TEXT, word.getBytes(StandardCharsets.UTF_8));
    }

    private Response returned(Request request) {
        if (reports == null) {
            throw OrderPayments.PAID_ON_ARRIVAL.exception();
        }
        return Response.ok(new PaidView(reports.returned(request.formOrFields())));
    }
}
