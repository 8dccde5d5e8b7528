package ihome.notice;

import ihome.platform.db.Database;
import ihome.platform.db.StatementPipeline;
import ihome.platform.outbox.Outbox;
import ihome.platform.problem.BusinessException;
import ihome.platform.problem.Errno;
import ihome.platform.sms.SmsChannel;
import ihome.platform.time.SiteTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * Notices of an account. Where a provider of text messages has a template for them, each is also sent, up to {@value
 * #SENT_A_DAY} to an account in 24 hours.
 */
public final class Notices {
    /** A text message for an account each time costs money, and anybody can place and cancel orders all day. */
    private static final int SENT_A_DAY = 20;

    /** How long a notice is kept. */
    public static final Duration KEPT = Duration.ofDays(365);

    /** How long a notice is new to a reader who does not say what was read. */
    public static final Duration NEW = Duration.ofDays(7);

    private final NoticeStore store = new NoticeStore();
    private final Outbox outbox;
    private final SiteTime time;

    public Notices(Outbox outbox, SiteTime time) {
        this.outbox = outbox;
        this.time = time;
    }

    /**
     * What one account is told.
     *
     * @param what happened, in a few words of ours, for a text message; {@code text} tells it whole
     */
    public record Notice(long account, String text, String what) {}

    /** Tells accounts about an order, in the transaction of what happened to it. */
    public void tell(Handle tx, long order, List<Notice> notices) {
        StatementPipeline statements = new StatementPipeline();
        tell(tx, statements, order, notices);
        statements.send(tx);
    }

    /** As {@link #tell(Handle, long, List)}, with other statements that will be sent in the transaction. */
    public void tell(Handle tx, StatementPipeline statements, long order, List<Notice> notices) {
        store.insert(statements, order, notices, time.now());
        if (outbox.delivers(SmsChannel.NOTICE)) {
            statements.then(() -> notices.forEach(notice -> send(tx, order, notice)));
        }
    }

    private void send(Handle tx, long order, Notice notice) {
        Instant dayAgo = time.now().minus(Duration.ofDays(1));
        store.mobile(tx, notice.account(), dayAgo, SENT_A_DAY).ifPresent(mobile -> {
            // Nobody waits for it: the job of the outbox delivers it after the commit.
            var _ = outbox.add(
                    tx,
                    SmsChannel.NOTICE,
                    Map.of("mobile", mobile, "order", Long.toString(order), "what", notice.what()));
        });
    }

    /** Forgets what is older than {@link #KEPT}; returns how many. */
    public int sweep(Database database) {
        return database.withConnection(
                handle -> store.deleteUntil(handle, time.now().minus(KEPT)));
    }

    /**
     * How many notices an account has that it has not read, {@code most} at most: after the one that it marked, or, if it
     * has never marked one, of the last {@link #NEW}.
     *
     * @param read id of the newest that a device knows to be read, where that is later than the account's mark; empty for
     *     a device that knows of none
     */
    public int countAfter(Handle tx, long account, OptionalLong read, int most) {
        return store.countAfter(tx, account, read, time.now().minus(NEW), most);
    }

    /**
     * Marks an account's notices as read, up to the newest of them that is not newer than {@code notice}. Fails with
     * NODATA when the account was erased.
     */
    void markRead(Database database, long account, long notice) {
        if (!database.inTransaction(tx -> store.markRead(tx, account, notice))) {
            throw new BusinessException(Errno.NODATA, "无效操作");
        }
    }

    /** Some of an account's, the newest first, from the one before {@code before} on. */
    List<NoticeStore.Kept> newest(Handle tx, long account, long before, int count) {
        return store.newest(tx, account, before, count);
    }
}
