package ihome.verification;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;

/** How fast captchas are drawn; in the painter's own package, since nobody else may see it. */
public final class CaptchaSpeed {
    private CaptchaSpeed() {}

    /** Images a second of the thread's own processor time, so that other work on the machine does not distort it. */
    public static double perSecondAndCore(int images) {
        CaptchaPainter painter = new CaptchaPainter(new SecureRandom());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long bytes = 0;
        for (int i = 0; i < images; i++) {
            bytes += painter.draw().jpeg().length;
        }
        if (bytes < images) {
            throw new IllegalStateException("empty images");
        }
        return images / ((threads.getCurrentThreadCpuTime() - start) / 1e9);
    }
}
