package ihome.booking;

import ihome.notice.Notices;
import ihome.platform.money.Money;
import ihome.siteconfig.SiteSettings;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What guest and host are told of a change of an order. */
final class StayChangeNotices {
    private final Notices notices;

    StayChangeNotices(Notices notices) {
        this.notices = notices;
    }

    void tellAsked(Handle tx, Order order, StayChange change) {
        boolean byGuest = change.askedBy() == Party.GUEST;
        String what = byGuest ? "房客申请更改订单，请尽快答复" : "房东申请更改订单，请尽快答复";
        String text = what + "：改为 " + change.stay().start() + " 至 "
                + change.stay().end() + "，" + money(change, SiteSettings.currency(tx));
        long other = byGuest ? order.host() : order.guest();
        notices.tell(tx, order.id(), List.of(notice(order, other, what, text)));
    }

    private static String money(StayChange change, String currency) {
        int sign = change.difference().compareTo(Money.ZERO);
        return sign == 0
                ? "费用不变"
                : sign > 0
                        ? "费用增加 " + currency + change.difference().yuan()
                        : "费用减少 " + currency
                                + Money.ZERO.minus(change.difference()).yuan();
    }

    /** The change is in its new state already, and was in {@code from} before. */
    void tell(Handle tx, Order order, StayChange change, Party by, StayChangeAction action, StayChangeStatus from) {
        List<Notices.Notice> all = new ArrayList<>(2);
        add(all, order, order.guest(), by == Party.GUEST, toGuest(change, action, from, SiteSettings.currency(tx)));
        add(all, order, order.host(), by == Party.HOST, toHost(change, action, from));
        if (!all.isEmpty()) {
            notices.tell(tx, order.id(), all);
        }
    }

    /** Nobody is told of what they did themselves, but for what they have to do next. */
    private static void add(List<Notices.Notice> all, Order order, long account, boolean own, @Nullable String what) {
        if (what != null && (!own || what.startsWith("请"))) {
            all.add(notice(order, account, what, what));
        }
    }

    private static Notices.Notice notice(Order order, long account, String what, String text) {
        return new Notices.Notice(account, OrderNotices.subject(order) + "：" + text, what);
    }

    private static @Nullable String toGuest(
            StayChange change, StayChangeAction action, StayChangeStatus from, String currency) {
        return switch (action) {
            case ACCEPT ->
                change.status() == StayChangeStatus.WAIT_PAYMENT
                        ? "请尽快支付更改订单的差价 " + currency + change.difference().yuan()
                        : change.returned().equals(Money.ZERO)
                                ? "房东同意了更改，订单已更新"
                                : "请留意退款：订单已更改，" + currency + change.returned().yuan() + " 将原路退回";
            case REJECT -> "房东没有同意更改订单";
            case WITHDRAW -> "房东撤回了更改订单的申请";
            case PAY -> "差价已支付，订单已更新";
            case EXPIRE -> expired(from, "没有及时支付差价，订单没有更改");
            case ASK, END -> null;
        };
    }

    private static @Nullable String toHost(StayChange change, StayChangeAction action, StayChangeStatus from) {
        return switch (action) {
            case ACCEPT -> change.status() == StayChangeStatus.WAIT_PAYMENT ? "房客同意了更改，正在支付差价" : "房客同意了更改，订单已更新";
            case REJECT -> "房客没有同意更改订单";
            case WITHDRAW -> "房客撤回了更改订单的申请";
            case PAY -> "房客已支付差价，订单已更新";
            case EXPIRE -> expired(from, "房客没有及时支付差价，订单没有更改");
            case ASK, END -> null;
        };
    }

    private static String expired(StayChangeStatus from, String unpaid) {
        return from == StayChangeStatus.WAIT_ANSWER ? "更改订单的申请没有得到及时答复，已失效" : unpaid;
    }
}
