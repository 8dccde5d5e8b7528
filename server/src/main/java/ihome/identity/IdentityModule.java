package ihome.identity;

import ihome.module.FeatureModule;
import ihome.module.Job;
import ihome.module.PersonalData;
import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import java.util.List;

/** The keys of personal data, and the trail of who has read it. */
public final class IdentityModule implements FeatureModule {
    private final Database database;
    private final SiteTime time;
    private final IdentityKeys keys;
    private final Audit audit = new Audit();

    /** Fails with {@link WrongIdentityKey} where the database knows another key. */
    public IdentityModule(KeySource source, Database database, SiteTime time) {
        this.database = database;
        this.time = time;
        this.keys = IdentityKeys.open(source, database);
        keys.report();
    }

    public IdentityKeys keys() {
        return keys;
    }

    public Audit audit() {
        return audit;
    }

    @Override
    public List<PersonalData> personalData() {
        return List.of(new PersonalDataStore());
    }

    @Override
    public List<Job> jobs() {
        return List.of(
                Job.everySeconds(2, "identity keys", keys::report),
                Job.everySeconds(3600, "audit", () -> audit.sweep(database, time.now())));
    }

    @Override
    public void close() {
        keys.close();
    }
}
