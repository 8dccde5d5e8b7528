package ihome.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The site's clock, which the demo sets to when a guest or a host did something. For one thread. */
public final class DemoClock extends Clock {
    private final Clock base;
    private @Nullable Instant set;

    public DemoClock(Clock base) {
        this.base = base;
    }

    /** It stands at this moment, or at the present if that comes first. */
    void setTo(Instant moment) {
        Instant now = base.instant();
        set = moment.isAfter(now) ? now : moment;
    }

    /** It shows the present again. */
    void release() {
        set = null;
    }

    @Override
    public Instant instant() {
        Instant moment = set;
        return moment == null ? base.instant() : moment;
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only its instant is asked for");
    }
}
