package ihome.notice;

import ihome.module.FeatureModule;
import ihome.module.Job;
import ihome.module.PersonalData;
import ihome.module.Platform;
import ihome.platform.http.Route;
import java.util.List;

/** What the site tells an account, on the site and by text message. */
public final class NoticeModule implements FeatureModule {
    private final Platform platform;
    private final Notices notices;

    public NoticeModule(Platform platform) {
        this.platform = platform;
        this.notices = new Notices(platform.outbox(), platform.time());
    }

    public Notices notices() {
        return notices;
    }

    @Override
    public List<Route> routes() {
        return new NoticeRoutes(platform.database(), notices, platform.time()).routes();
    }

    @Override
    public List<PersonalData> personalData() {
        return List.of(new PersonalDataStore());
    }

    @Override
    public List<Job> jobs() {
        return List.of(Job.everySeconds(3600, "old notices", () -> notices.sweep(platform.database())));
    }
}
