package ihome.review;

import ihome.changeevents.ChangeKeys;
import ihome.module.FeatureModule;
import ihome.module.Job;
import ihome.module.PersonalData;
import ihome.module.Platform;
import ihome.platform.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reviews beside their orders: reports of them, and what becomes of them by the passing of time. */
public final class ReviewModule implements FeatureModule {
    /** How long a decided report is kept: as long as the words of a claim on a deposit. */
    public static final Duration REPORTS_KEPT = Duration.ofDays(3 * 365);

    private static final int BATCH = 50;

    private final Platform platform;
    private final ReviewStore reviews;
    private final ReportStore reports = new ReportStore();

    public ReviewModule(Platform platform, ReviewStore reviews) {
        this.platform = platform;
        this.reviews = reviews;
    }

    @Override
    public List<Route> routes() {
        return new ReportRoutes(platform.database(), platform.limits(), platform.time()).routes();
    }

    @Override
    public List<PersonalData> personalData() {
        return List.of(new PersonalDataStore());
    }

    @Override
    public List<Job> jobs() {
        return List.of(
                Job.everySeconds(10, "reviews that are shown", this::countShown),
                Job.everySeconds(3_600, "old reports", this::forgetOldReports));
    }

    /**
     * A review that was kept back is read from its time on, by the query; its house's rating, and the answers that are kept,
     * have it from here.
     */
    private int countShown() {
        int total = 0;
        for (int done = BATCH; done == BATCH; total += done) {
            done = platform.database().inTransaction(tx -> {
                Instant now = platform.time().now();
                List<ReviewStore.Subject> shown = reviews.uncounted(tx, now, BATCH);
                for (ReviewStore.Subject review : shown) {
                    if (reviews.count(tx, review.order(), now)) {
                        platform.changes().append(tx, ChangeKeys.house(review.house()), ChangeKeys.LISTS);
                    }
                }
                return shown.size();
            });
        }
        return total;
    }

    private int forgetOldReports() {
        return platform.database()
                .inTransaction(tx ->
                        reports.deleteDecidedUntil(tx, platform.time().now().minus(REPORTS_KEPT)));
    }
}
