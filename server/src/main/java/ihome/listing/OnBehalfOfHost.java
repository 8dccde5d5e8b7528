package ihome.listing;

import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;

/**
 * What hosts do with their houses, for a command that acts in their place: the same use cases as behind the API. Fails with
 * {@link ListingProblem#NO_SUCH_HOUSE} and {@link ListingProblem#NOT_THE_OWNER}.
 */
public final class OnBehalfOfHost {
    private final EditHouse editHouse;

    public OnBehalfOfHost(Database database, ChangeLog changes) {
        this.editHouse = new EditHouse(database, new HouseStore(), changes);
    }

    /** Edits the house as its owner would. */
    public void fillIn(long owner, long house, HostTerms terms) {
        var _ = editHouse.run(owner, house, terms::applied);
    }

    /** Takes the house down: nobody finds or books it any more. */
    public void takeDown(long owner, long house) {
        editHouse.setPublished(owner, house, false);
    }
}
