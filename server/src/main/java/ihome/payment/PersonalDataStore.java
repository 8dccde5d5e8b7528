package ihome.payment;

import ihome.module.ErasureObstacle;
import ihome.module.ExportedList;
import ihome.module.PersonalData;
import java.util.List;
import java.util.Map;

/** SQL of the personal data in payments. An erasure leaves them as they are: they name an order, and nobody. */
final class PersonalDataStore implements PersonalData {
    private static final String PAYMENTS = """
            select p.order_id, p.trade, p.provider, p.amount, p.state, p.created_at as create_time
            from payment p join orders o on o.id = p.order_id
            where o.guest_id = :account order by p.id desc limit :most
            """;

    private static final String OPEN = """
            select exists (select from payment p join orders o on o.id = p.order_id
                           where p.state = 'OPEN' and (o.guest_id = :account or o.host_id = :account))
            """;

    @Override
    public List<ExportedList> exports() {
        return List.of(new ExportedList("payments", PAYMENTS));
    }

    @Override
    public Map<ErasureObstacle, String> obstacles() {
        return Map.of(ErasureObstacle.MONEY_OWED, OPEN);
    }
}
