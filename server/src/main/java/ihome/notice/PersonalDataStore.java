package ihome.notice;

import ihome.module.Erasure;
import ihome.module.ExportedList;
import ihome.module.PersonalData;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of the personal data in notices. */
final class PersonalDataStore implements PersonalData {
    private static final String NOTICES = """
            select order_id, text, created_at as create_time,
                   coalesce(id <= (select notices_read from account where id = :account), false) as read
            from notice where account_id = :account order by id desc limit :most
            """;

    @Override
    public List<ExportedList> exports() {
        return List.of(new ExportedList("notices", NOTICES));
    }

    @Override
    public void erase(Handle tx, Erasure erasure) {
        tx.createUpdate("delete from notice where account_id = :account")
                .bind("account", erasure.account())
                .execute();
    }
}
