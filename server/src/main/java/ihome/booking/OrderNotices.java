package ihome.booking;

import ihome.notice.Notices;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What guest and host are told of a change. */
final class OrderNotices {
    private final Notices notices;

    OrderNotices(Notices notices) {
        this.notices = notices;
    }

    /** Tells both; the order is in its new state already. */
    void tell(Handle tx, Order order, OrderAction action) {
        String subject = "「" + order.title() + "」" + order.stay().start() + " 至 "
                + order.stay().end();
        String why = order.reason() == null ? "" : "：" + order.reason();
        say(tx, order, order.guest(), subject, toGuest(order, action, why));
        say(tx, order, order.host(), subject, toHost(order, action, why));
    }

    private void say(Handle tx, Order order, long account, String subject, @Nullable String what) {
        if (what != null) {
            notices.tell(tx, account, order.id(), subject + "：" + what);
        }
    }

    private static @Nullable String toGuest(Order order, OrderAction action, String why) {
        return switch (action) {
            case PLACE -> order.status() == OrderStatus.WAIT_PAYMENT ? "预订成功，请尽快付款" : "预订已提交，等待房东接单";
            case ACCEPT -> "房东已接单，请尽快付款";
            case REJECT -> "房东已拒单" + why;
            case CANCEL -> "您已取消订单";
            case EXPIRE -> "订单已失效" + why;
            case PAY -> "付款成功";
            case FINISH -> "入住已结束，欢迎评价";
            case COMMENT -> null;
        };
    }

    private static @Nullable String toHost(Order order, OrderAction action, String why) {
        return switch (action) {
            case PLACE -> order.status() == OrderStatus.WAIT_PAYMENT ? "收到新订单，等待房客付款" : "收到新订单，请尽快处理";
            case ACCEPT -> null;
            case REJECT -> null;
            case CANCEL -> "房客已取消订单" + why;
            case EXPIRE -> "订单已失效" + why;
            case PAY -> "房客已付款";
            case FINISH -> "入住已结束";
            case COMMENT -> "收到新评价";
        };
    }
}
