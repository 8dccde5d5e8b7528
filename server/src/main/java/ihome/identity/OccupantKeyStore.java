package ihome.identity;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** SQL of the encrypted fields of occupants, for a change of the key. */
final class OccupantKeyStore {
    /** Where a field says that it is under another key than {@code :key}; see {@code FieldCipher}. */
    static final String NOT_UNDER = """
            (substring(name from 1 for 5) <> decode('02' || cast(:key as text), 'hex')
             or substring(id_number from 1 for 5) <> decode('02' || cast(:key as text), 'hex')
             or substring(mobile from 1 for 5) <> decode('02' || cast(:key as text), 'hex'))
            """;

    private OccupantKeyStore() {}

    /** What is encrypted of an occupant. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Sealed(long order, int place, byte[] name, byte[] idNumber, byte @Nullable [] mobile) {}

    /** Some that are not under a key, so that nobody else changes them. */
    static List<Sealed> next(Handle tx, String key, int most) {
        return tx.createQuery("select * from occupant where " + NOT_UNDER
                        + " order by order_id, place limit :most for no key update")
                .bind("key", key)
                .bind("most", most)
                .map((row, _) -> new Sealed(
                        row.getLong("order_id"),
                        row.getInt("place"),
                        row.getBytes("name"),
                        row.getBytes("id_number"),
                        row.getBytes("mobile")))
                .list();
    }

    static void replace(Handle tx, Sealed sealed) {
        tx.createUpdate("""
                        update occupant set name = :name, id_number = :idNumber, mobile = :mobile
                        where order_id = :order and place = :place
                        """)
                .bind("name", sealed.name())
                .bind("idNumber", sealed.idNumber())
                .bind("mobile", sealed.mobile())
                .bind("order", sealed.order())
                .bind("place", sealed.place())
                .execute();
    }
}
