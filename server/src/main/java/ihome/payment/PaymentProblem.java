package ihome.payment;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How requests about payments are refused. */
final class PaymentProblem {
    static final Problem PROVIDER_FAILED = new Problem(Errno.THIRDERR, "支付服务暂时不可用，请稍后再试");
    /** Not signed by the provider, for another site, or about a trade that is none of ours. */
    static final Problem NOT_GENUINE = new Problem(Errno.REQERR, "付款信息无效");

    static final Problem NOT_PAID = new Problem(Errno.DATAERR, "尚未收到付款");
    static final Problem CLOSED = new Problem(Errno.DATAERR, "付款已取消");
    static final Problem GOES_BACK = new Problem(Errno.DATAERR, "订单已失效，款项将原路退回");

    private PaymentProblem() {}
}
