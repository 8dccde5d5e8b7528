package ihome.booking;

import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.RequestFields;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.money.Money;
import ihome.platform.problem.BusinessException;
import java.util.List;

/** Claims on deposits: the host makes one, the guest answers. They are shown with their order. */
final class DepositClaimRoutes {
    private static final String CLAIMS = "/api/v1.0/orders/{order_id}/claims";
    private static final String SAVE_FAILED = "保存押金扣款失败";
    private static final int LONGEST_TEXT = 1_000;

    /** More than any house's deposit; that of the order is looked at once the order is known. */
    private static final Money MOST = Money.ofYuan(1_000_000);

    private final DepositClaims claims;

    DepositClaimRoutes(DepositClaims claims) {
        this.claims = claims;
    }

    List<Route> routes() {
        return List.of(
                Route.post(CLAIMS, Access.LOGIN, this::make).onDatabaseFailure(SAVE_FAILED),
                Route.put(CLAIMS + "/{claim_id}", Access.LOGIN, this::answer).onDatabaseFailure(SAVE_FAILED));
    }

    private record MadeView(long claimId) {}

    private Response make(Request request) {
        RequestFields fields = request.fields();
        Money amount = fields.yuan("amount", new Money(1), MOST);
        String reason = fields.text("reason", 1, LONGEST_TEXT);
        return Response.ok(new MadeView(claims.make(request.viewer(), request.id("order_id"), amount, reason)));
    }

    private Response answer(Request request) {
        RequestFields fields = request.fields();
        DepositClaimAction action = switch (fields.text("action", 1, 32)) {
            case "accept" -> DepositClaimAction.ACCEPT;
            case "dispute" -> DepositClaimAction.DISPUTE;
            default -> throw BusinessException.badField("action", "应为同意或提出异议");
        };
        String text = fields.optionalText("text", LONGEST_TEXT).orElse("");
        claims.answer(request.viewer(), request.id("order_id"), request.id("claim_id"), action, text);
        return Response.done("OK");
    }
}
