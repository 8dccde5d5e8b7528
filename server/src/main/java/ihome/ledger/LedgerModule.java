package ihome.ledger;

import ihome.module.FeatureModule;
import ihome.module.PersonalData;
import java.util.List;

/** The books. They have no requests of their own: booking and payment post to them. */
public final class LedgerModule implements FeatureModule {
    @Override
    public List<PersonalData> personalData() {
        return List.of(new PersonalDataStore());
    }
}
