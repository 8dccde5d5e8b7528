package ihome.payment;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How requests about payments are refused. */
enum PaymentProblem implements Problem {
    NO_PROVIDER(Errno.THIRDERR, "本站尚未开通在线付款"),
    PROVIDER_FAILED(Errno.THIRDERR, "支付服务暂时不可用，请稍后再试"),
    /** Not signed by the provider, for another site, or about a trade that is none of ours. */
    NOT_GENUINE(Errno.REQERR, "付款信息无效"),
    NOT_PAID(Errno.DATAERR, "尚未收到付款"),
    CLOSED(Errno.DATAERR, "付款已取消"),
    GOES_BACK(Errno.DATAERR, "订单已失效，款项将原路退回");

    private final Errno errno;
    private final String message;

    PaymentProblem(Errno errno, String message) {
        this.errno = errno;
        this.message = message;
    }

    @Override
    public Errno errno() {
        return errno;
    }

    @Override
    public String message() {
        return message;
    }
}
