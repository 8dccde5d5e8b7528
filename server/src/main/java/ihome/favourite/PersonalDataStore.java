package ihome.favourite;

import ihome.module.Erasure;
import ihome.module.ExportedList;
import ihome.module.PersonalData;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of the personal data in favourites. */
final class PersonalDataStore implements PersonalData {
    private static final String FAVOURITES = """
            select f.house_id, h.title from favourite f join house h on h.id = f.house_id
            where f.account_id = :account order by f.id desc limit :most
            """;

    @Override
    public List<ExportedList> exports() {
        return List.of(new ExportedList("favourites", FAVOURITES));
    }

    @Override
    public void erase(Handle tx, Erasure erasure) {
        tx.createUpdate("delete from favourite where account_id = :account")
                .bind("account", erasure.account())
                .execute();
    }
}
