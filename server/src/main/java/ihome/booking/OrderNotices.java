package ihome.booking;

import ihome.notice.Notices;
import ihome.platform.db.StatementPipeline;
import ihome.platform.text.TextRule;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What guest and host are told of a change. */
final class OrderNotices {
    private final Notices notices;

    OrderNotices(Notices notices) {
        this.notices = notices;
    }

    /** Tells both; the order is in its new state already, and was in {@code from} before. */
    void tell(Handle tx, Order order, OrderAction action, OrderStatus from) {
        notices.tell(tx, order.id(), all(order, action, from));
    }

    /** Tells both of a new order, with other statements that will be sent in the transaction. */
    void tellPlaced(Handle tx, StatementPipeline statements, Order order) {
        notices.tell(tx, statements, order.id(), all(order, OrderAction.PLACE, order.status()));
    }

    private static List<Notices.Notice> all(Order order, OrderAction action, OrderStatus from) {
        String subject = subject(order);
        String why = order.reason() == null ? "" : "：" + TextRule.withoutInvisible(order.reason());
        List<Notices.Notice> all = new ArrayList<>(2);
        boolean said = action == OrderAction.EXPIRE; // by the sentence itself
        boolean own = action == OrderAction.CANCEL && order.endedBy() == Party.GUEST;
        boolean hosts = action == OrderAction.CANCEL && order.endedBy() == Party.HOST;
        add(all, order.guest(), subject, toGuest(order, action, from), said || own ? "" : why);
        add(all, order.host(), subject, toHost(order, action, from), said || hosts ? "" : why);
        return all;
    }

    /** Tells the guest of a payment that the order could not use. */
    void tellReturned(Handle tx, Order order) {
        String what = "有一笔付款无法入账，将原路退回";
        notices.tell(tx, order.id(), List.of(new Notices.Notice(order.guest(), subject(order) + "：" + what, what)));
    }

    /** What a notice is about. */
    static String subject(Order order) {
        return "「" + TextRule.withoutInvisible(order.title()) + "」"
                + order.stay().start() + " 至 " + order.stay().end();
    }

    private static void add(List<Notices.Notice> all, long account, String subject, @Nullable String what, String why) {
        if (what != null) {
            all.add(new Notices.Notice(account, subject + "：" + what + why, what));
        }
    }

    private static @Nullable String toGuest(Order order, OrderAction action, OrderStatus from) {
        return switch (action) {
            case PLACE ->
                switch (order.status()) {
                    case PAID -> "预订成功，入住时付款给房东";
                    case WAIT_PAYMENT -> "已为你保留，请尽快付款";
                    default -> "预订已提交，等待房东接单";
                };
            case ACCEPT -> order.status() == OrderStatus.PAID ? "房东已接单，入住时付款给房东" : "房东已接单，请尽快付款";
            case REJECT -> "房东没有接单";
            case CANCEL -> order.endedBy() == Party.HOST ? canceledByHost(order, from) : "你已取消订单";
            case EXPIRE -> from == OrderStatus.WAIT_ACCEPT ? "房东没有及时接单，订单已自动取消" : "没有及时付款，订单已自动取消";
            case PAY -> "付款成功，预订已确认";
            case FINISH, LEFT -> "已离店，欢迎写评价";
            case NO_SHOW -> "房东标记你没有入住，订单已按取消政策结束";
            case COMMENT -> null;
            case RELEASE_DEPOSIT -> "房东已退还押金，款项将原路退回";
        };
    }

    private static String canceledByHost(Order order, OrderStatus from) {
        boolean paid = from == OrderStatus.PAID && order.paymentWay() == PaymentWay.ONLINE;
        return paid ? "房东取消了订单，已付款项将全额原路退回" : "房东取消了订单";
    }

    private static @Nullable String toHost(Order order, OrderAction action, OrderStatus from) {
        return switch (action) {
            case PLACE ->
                switch (order.status()) {
                    case PAID -> "收到新订单，房客入住时付款";
                    case WAIT_PAYMENT -> "收到新订单，等待房客付款";
                    default -> "收到预订请求，请尽快回复";
                };
            case ACCEPT -> null;
            case REJECT -> null;
            case CANCEL -> order.endedBy() == Party.HOST ? "你已取消订单，这些日期已关闭" : "房客已取消订单";
            case EXPIRE -> from == OrderStatus.WAIT_ACCEPT ? "你没有及时接单，订单已自动取消" : "房客没有及时付款，订单已自动取消";
            case PAY -> "房客已付款";
            case FINISH -> "房客已离店";
            case NO_SHOW -> "已标记房客没有入住，这些日期重新开放预订";
            case COMMENT -> "收到新评价";
            case LEFT, RELEASE_DEPOSIT -> null;
        };
    }
}
