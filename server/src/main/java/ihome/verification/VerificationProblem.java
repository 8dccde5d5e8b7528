package ihome.verification;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How captchas and SMS codes are refused. */
public final class VerificationProblem {
    public static final Problem CAPTCHA_WRONG = new Problem(Errno.DATAERR, "图片验证码不一致");
    public static final Problem SMS_CODE_WRONG = new Problem(Errno.DATAERR, "短信验证码错误或已过期");

    private VerificationProblem() {}
}
