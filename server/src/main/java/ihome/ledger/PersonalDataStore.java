package ihome.ledger;

import ihome.module.ErasureObstacle;
import ihome.module.ExportedList;
import ihome.module.PersonalData;
import java.util.List;
import java.util.Map;

/** SQL of the personal data in the books. They are never changed: an erased account stays in them as its number. */
final class PersonalDataStore implements PersonalData {
    private static final String INCOME = """
            select e.order_id, -e.amount as amount, p.created_at as create_time
            from ledger_entry e join ledger_posting p on p.id = e.posting_id
            where e.account_id = :account and e.kind = 'HOST' order by p.id desc limit :most
            """;

    /** A guest's money that the site still holds. What a host has earned is paid out past this system. */
    private static final String HELD = """
            select exists (select from ledger_entry where account_id = :account and kind in ('GUEST', 'DEPOSIT')
                           group by kind having sum(amount) <> 0)
            """;

    @Override
    public List<ExportedList> exports() {
        return List.of(new ExportedList("income", INCOME));
    }

    @Override
    public Map<ErasureObstacle, String> obstacles() {
        return Map.of(ErasureObstacle.MONEY_OWED, HELD);
    }
}
