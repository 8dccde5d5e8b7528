package ihome.identity;

import ihome.module.ExportedList;
import ihome.module.PersonalData;
import java.util.List;

/** SQL of the record of who has had to do with an account's identity, which outlives the account. */
final class PersonalDataStore implements PersonalData {
    private static final String IDENTITY_ACCESS = """
            select at as time, what from identity_access
            where account_id = :account order by id desc limit :most
            """;

    @Override
    public List<ExportedList> exports() {
        return List.of(new ExportedList("identity_access", IDENTITY_ACCESS));
    }
}
