package ihome;

import ihome.platform.db.Database;
import java.util.Optional;

/** All SQL of the identity key's check value, by which nodes of one database notice that their keys differ. */
final class IdentityKeyStore {
    private IdentityKeyStore() {}

    /** The check value that the database was filled with; empty before the first node has started on it. */
    static Optional<byte[]> recorded(Database database) {
        return database.withConnection(handle -> handle.createQuery("select check_value from identity_key_check")
                .mapTo(byte[].class)
                .findOne());
    }

    /** Records the check value unless another node has; returns the one that stands. */
    static byte[] record(Database database, byte[] own) {
        return database.inTransaction(transaction -> {
            transaction
                    .createUpdate("insert into identity_key_check (check_value) values (:own) on conflict do nothing")
                    .bind("own", own)
                    .execute();
            return transaction
                    .createQuery("select check_value from identity_key_check")
                    .mapTo(byte[].class)
                    .one();
        });
    }
}
