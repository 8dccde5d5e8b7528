package ihome.verification;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How captchas and SMS codes are refused. */
public enum VerificationProblem implements Problem {
    CAPTCHA_WRONG(Errno.DATAERR, "图片验证码不一致"),
    SMS_CODE_WRONG(Errno.DATAERR, "短信验证码错误或已过期");

    private final Errno errno;
    private final String message;

    VerificationProblem(Errno errno, String message) {
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
