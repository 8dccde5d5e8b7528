package ihome.booking;

import ihome.notice.Notices;
import ihome.platform.money.Money;
import ihome.siteconfig.SiteSettings;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What guest and host are told of a claim on a deposit. Its words stand with the order alone. */
final class DepositClaimNotices {
    private final Notices notices;

    DepositClaimNotices(Notices notices) {
        this.notices = notices;
    }

    void tellMade(Handle tx, Order order, Money amount) {
        notices.tell(
                tx,
                order.id(),
                List.of(notice(order, order.guest(), "房东申请从押金中扣款，请在 72 小时内答复，不答复视为同意", shown(tx, amount))));
    }

    /** The claim is in its new state already. */
    void tell(Handle tx, Order order, DepositClaim claim, DepositClaimChanges.Step step) {
        if (claim.status() == DepositClaimStatus.WITHDRAWN) {
            return; // The guest is told that the deposit goes back.
        }
        DepositClaim.Close close = claim.close();
        String amount = shown(tx, close == null ? claim.amount() : close.granted());
        List<Notices.Notice> all = new ArrayList<>(2);
        add(all, order, order.guest(), toGuest(claim, step), amount);
        add(all, order, order.host(), toHost(step), amount);
        notices.tell(tx, order.id(), all);
    }

    private static @Nullable String toGuest(DepositClaim claim, DepositClaimChanges.Step step) {
        return switch (step.action()) {
            case REMIND -> claim.reminders() == 1 ? "房东的押金扣款申请还有两天到期，不答复视为同意" : "房东的押金扣款申请还有 12 小时到期，不答复视为同意";
            case EXPIRE -> "你没有及时答复，押金扣款视为同意";
            case DECIDE -> "平台已裁定押金扣款金额";
            case MAKE, ACCEPT, DISPUTE, WITHDRAW -> null;
        };
    }

    private static @Nullable String toHost(DepositClaimChanges.Step step) {
        return switch (step.action()) {
            case ACCEPT -> "房客同意了押金扣款";
            case DISPUTE -> "房客对押金扣款有异议，将由平台裁定";
            case EXPIRE -> "房客没有及时答复，押金扣款视为同意";
            case DECIDE -> "平台已裁定押金扣款金额";
            case MAKE, REMIND, WITHDRAW -> null;
        };
    }

    private static void add(List<Notices.Notice> all, Order order, long account, @Nullable String what, String amount) {
        if (what != null) {
            all.add(notice(order, account, what, amount));
        }
    }

    private static Notices.Notice notice(Order order, long account, String what, String amount) {
        return new Notices.Notice(account, OrderNotices.subject(order) + "：" + what + "：" + amount, what);
    }

    private static String shown(Handle tx, Money amount) {
        return SiteSettings.currency(tx) + amount.yuan();
    }
}
