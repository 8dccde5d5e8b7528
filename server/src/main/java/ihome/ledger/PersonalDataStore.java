package ihome.ledger;

import ihome.module.ErasureObstacle;
import ihome.module.ExportedList;
import ihome.module.PersonalData;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** SQL of the personal data in the books. They are never changed: an erased account stays in them as its number. */
final class PersonalDataStore implements PersonalData {
    private static final String INCOME = """
            select e.order_id, -e.amount as amount, p.created_at as create_time
            from ledger_entry e join ledger_posting p on p.id = e.posting_id
            where e.account_id = :account and e.kind = 'HOST' order by p.id desc limit :most
            """;

    @Override
    public List<ExportedList> exports() {
        return List.of(new ExportedList("income", INCOME));
    }

    /** A guest's money that the site still holds. What a host has earned is paid out past this system. */
    @Override
    public Set<ErasureObstacle> obstacles(Handle tx, long account) {
        boolean held = tx.createQuery("""
                        select exists (select from ledger_entry where account_id = :account and kind in ('GUEST', 'DEPOSIT')
                                       group by kind having sum(amount) <> 0)
                        """)
                .bind("account", account)
                .mapTo(boolean.class)
                .one();
        return held ? Set.of(ErasureObstacle.MONEY_OWED) : Set.of();
    }
}
