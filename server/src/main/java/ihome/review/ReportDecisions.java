package ihome.review;

import ihome.changeevents.ChangeKeys;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A person's decisions about reviews that were reported. Beside a running server or without one. */
public final class ReportDecisions {
    private static final int LISTED = 1_000;

    private final ReportStore reports = new ReportStore();
    private final ReviewStore reviews = new ReviewStore();
    private final GuestReviewStore guestReviews = new GuestReviewStore();
    private final ChangeLog changes;
    private final SiteTime time;

    /** @param changes what a running server hears of a hidden review by */
    public ReportDecisions(ChangeLog changes, SiteTime time) {
        this.changes = changes;
        this.time = time;
    }

    /** Some lines for each report that waits for a decision, the oldest first, with what is reported. */
    public List<String> list(Database database) {
        return database.inSnapshot(tx -> reports.open(tx, LISTED).stream()
                .map(report -> "report " + report.id() + "  order " + report.order() + "  "
                        + (report.author() == ReportStore.Author.GUEST
                                ? "of the guest's review"
                                : "of the host's review")
                        + "  " + report.reason() + "  made " + time.format(report.createdAt()) + "\n  review: "
                        + onOneLine(report.said() == null ? "" : report.said()) + "\n  report: "
                        + onOneLine(report.text()))
                .toList());
    }

    /** Nobody's words look like a line of the list. */
    private static String onOneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /**
     * Hides the review that a report is about, or keeps it. A guest's stars count no more in the house's rating when it is
     * hidden. The order; empty when no such report waits for a decision.
     *
     * @param note why
     * @param who the operator
     */
    public Optional<Long> decide(Handle tx, long report, boolean hide, String note, String who) {
        return reports.decide(tx, report, hide ? "HIDDEN" : "KEPT", note, who, time.now())
                .map(decided -> {
                    if (hide) {
                        hide(tx, decided);
                    }
                    return decided.order();
                });
    }

    private void hide(Handle tx, ReportStore.Decided decided) {
        if (decided.author() == ReportStore.Author.HOST) {
            guestReviews.hide(tx, decided.order(), time.now());
            return;
        }
        reviews.hide(tx, decided.order(), time.now())
                .ifPresent(review -> changes.append(tx, ChangeKeys.house(review.house()), ChangeKeys.LISTS));
    }
}
