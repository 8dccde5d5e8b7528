package ihome.notice;

import ihome.platform.outbox.Outbox;
import ihome.platform.time.SiteTime;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Notices of an account. Where a channel for them is configured, each also leaves through the outbox. */
public final class Notices {
    /** The outbox's kind of message; its payload has {@code account} and {@code text}. */
    public static final String KIND = "notice";

    /** How many a list shows. */
    static final int SHOWN = 100;

    private final NoticeStore store = new NoticeStore();
    private final Outbox outbox;
    private final SiteTime time;

    public Notices(Outbox outbox, SiteTime time) {
        this.outbox = outbox;
        this.time = time;
    }

    /** What one account is told. */
    public record Notice(long account, String text) {}

    /** Tells accounts about an order, in the transaction of what happened to it. */
    public void tell(Handle tx, long order, List<Notice> notices) {
        store.insert(tx, order, notices, time.now());
        if (outbox.delivers(KIND)) {
            for (Notice notice : notices) {
                // Nobody waits for it: the housekeeping delivers it after the commit.
                var _ = outbox.add(tx, KIND, Map.of("account", notice.account(), "text", notice.text()));
            }
        }
    }

    /** The newest of an account. */
    List<NoticeStore.Kept> newest(Handle tx, long account) {
        return store.newest(tx, account, SHOWN);
    }
}
