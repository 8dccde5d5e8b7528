package ihome.bench;

import ihome.verification.CaptchaSpeed;
import java.util.List;

/** Captchas a second and core. */
final class CaptchaRate implements Measurement {
    @Override
    public String name() {
        return "captcha";
    }

    @Override
    public String title() {
        return "Captchas";
    }

    @Override
    public List<Figure> run(Context context) {
        int images = context.quick() ? 1_500 : 5_000;
        CaptchaSpeed.perSecondAndCore(images); // warm-up
        Samples rate = new Samples();
        for (int round = 0; round < context.rounds(); round++) {
            rate.add(CaptchaSpeed.perSecondAndCore(images));
        }
        return List.of(Figure.atLeast(
                name(), "captchas a second and core", 1_000, rate, "/s", "./ihome bench --only captcha"));
    }
}
