package ihome.siteconfig;

import ihome.changeevents.ChangeKeys;
import ihome.platform.change.ChangeKey;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Makes the database say what a {@code site.yaml} says, in one transaction. Every node hears of it as of any other change:
 * cached answers that show areas end, pages say what the file says, and where an area of houses has another name, all that was derived from houses.
 *
 * <p>Fails with {@link SiteFileUnusable} when an area or facility with houses would go, or an area with houses would change
 * its city; then nothing is changed.
 */
public final class ApplySite {
    private final Database database;
    private final ChangeLog changes;
    private final SiteStore store = new SiteStore();

    public ApplySite(Database database, ChangeLog changes) {
        this.database = database;
        this.changes = changes;
    }

    /** What was changed, in a sentence. */
    public String run(SiteFile file) {
        return database.inTransaction(tx -> {
            store.lock(tx);
            SitePlan plan = plan(tx, file);
            write(tx, file, plan);
            if (plan.renamesWhatHousesShow) {
                changes.append(tx, ChangeKey.ANYTHING);
            } else if (plan.changesPlaces()) {
                changes.append(tx, ChangeKeys.AREAS, ChangeKeys.SITE);
            } else if (!plan.isNothing()) {
                changes.append(tx, ChangeKeys.SITE);
            }
            return plan.text();
        });
    }

    /** What {@link #run} would change; fails as that does, and changes nothing. */
    public String check(SiteFile file) {
        return database.inSnapshot(tx -> plan(tx, file).text());
    }

    /** What the database says now. */
    public SiteFile current() {
        return database.inSnapshot(store::read);
    }

    private SitePlan plan(Handle tx, SiteFile file) {
        SitePlan plan = new SitePlan(store.read(tx), file, store.housesByArea(tx), store.housesByFacility(tx));
        List<String> mistakes = new ArrayList<>(plan.mistakes());
        List<String> usual = store.usualFacilities(tx);
        file.facilities().stream()
                .filter(facility -> usual.contains(facility.name()))
                .forEach(facility ->
                        mistakes.add("facility " + facility.id() + " has the name of a usual one: " + facility.name()));
        if (!mistakes.isEmpty()) {
            throw new SiteFileUnusable(mistakes);
        }
        return plan;
    }

    private void write(Handle tx, SiteFile file, SitePlan plan) {
        store.freeNames(
                tx,
                plan.cityChanges.changedOrRemoved(),
                plan.areaChanges.changedOrRemoved(),
                plan.facilityChanges.changedOrRemoved());
        store.removeAreas(tx, plan.areaChanges.removed());
        store.removeFacilities(tx, plan.facilityChanges.removed());
        for (int place = 0; place < file.cities().size(); place++) {
            store.put(tx, file.cities().get(place), place + 1);
        }
        plan.areas.forEach((id, placed) -> {
            if (plan.areaChanges.added().contains(id)
                    || plan.areaChanges.changed().contains(id)) {
                store.put(tx, placed.city(), placed.area());
            }
        });
        store.replaceSettings(tx, file.settings().rows());
        store.removeCities(tx, plan.cityChanges.removed());
        file.facilities().forEach(facility -> store.put(tx, facility));
    }
}
