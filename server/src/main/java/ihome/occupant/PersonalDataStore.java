package ihome.occupant;

import ihome.identity.EncryptedPlace;
import ihome.identity.IdentityKeys;
import ihome.identity.Masked;
import ihome.module.Erasure;
import ihome.module.ExportedList;
import ihome.module.PersonalData;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** SQL of the people whom a guest has named, as the guest's own data. */
final class PersonalDataStore implements PersonalData {
    private static final String OCCUPANTS = """
            select p.order_id, p.place, p.name, p.id_type, p.id_number, p.mobile
            from occupant p join orders o on o.id = p.order_id
            where o.guest_id = :account order by p.order_id desc, p.place limit :most
            """;

    private final IdentityKeys keys;

    PersonalDataStore(IdentityKeys keys) {
        this.keys = keys;
    }

    @Override
    public List<ExportedList> exports() {
        return List.of(new ExportedList("occupants", OCCUPANTS, this::decrypted));
    }

    private Map<String, Object> decrypted(Map<String, Object> row) {
        long order = ((Number) Objects.requireNonNull(row.get("order_id"))).longValue();
        int place = ((Number) Objects.requireNonNull(row.remove("place"))).intValue();
        for (String field : List.of("name", "id_number", "mobile")) {
            row.computeIfPresent(
                    field, (_, kept) -> keys.decrypt((byte[]) kept, EncryptedPlace.occupant(order, place, field)));
        }
        row.computeIfPresent("id_number", (_, number) -> Masked.number((String) number));
        return row;
    }

    @Override
    public void erase(Handle tx, Erasure erasure) {
        tx.createUpdate("delete from occupant where order_id in (select id from orders where guest_id = :account)")
                .bind("account", erasure.account())
                .execute();
    }
}
