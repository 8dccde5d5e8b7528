package ihome.identity;

import ihome.platform.crypto.KeyId;
import ihome.platform.db.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** All SQL of the identity key: its check value, by which nodes notice that their keys differ, and its change. */
final class IdentityKeyStore {
    /** A node that has not reported for so long is gone. */
    private static final int NODE_SECONDS = 30;

    /** How an encrypted field of a key begins; see {@code FieldCipher}. */
    private static final String BEGINS = "decode('02' || cast(:key as text), 'hex')";

    private IdentityKeyStore() {}

    /** A change of the key that is under way. */
    static final class Rotation {
        private final byte[] before;
        private final long doneUpTo;

        Rotation(byte[] before, long doneUpTo) {
            this.before = before;
            this.doneUpTo = doneUpTo;
        }

        /** Check value of the key that goes. */
        byte[] before() {
            return before;
        }

        /** Accounts up to this id are done. */
        long doneUpTo() {
            return doneUpTo;
        }
    }

    /** What is encrypted of an account. */
    static final class Sealed {
        private final long account;
        private final byte[] realName;
        private final byte[] idCard;

        Sealed(long account, byte[] realName, byte[] idCard) {
            this.account = account;
            this.realName = realName;
            this.idCard = idCard;
        }

        long account() {
            return account;
        }

        byte[] realName() {
            return realName;
        }

        byte[] idCard() {
            return idCard;
        }
    }

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

    /** The check value of the key in force; it stays in force until the transaction is over. */
    static byte[] currentForWriting(Handle tx) {
        return tx.createQuery("select check_value from identity_key_check for share")
                .mapTo(byte[].class)
                .one();
    }

    static int report(Handle handle, UUID node, List<byte[]> checks) {
        return handle.createUpdate("""
                        insert into identity_key_node (node, check_values, seen_at)
                        values (:node, :checks, clock_timestamp())
                        on conflict (node) do update
                        set check_values = excluded.check_values, seen_at = excluded.seen_at
                        """)
                .bind("node", node)
                .bindArray(
                        "checks",
                        String.class,
                        checks.stream().map(HexFormat.of()::formatHex).toList())
                .execute();
    }

    static int leave(Handle handle, UUID node) {
        return handle.createUpdate("delete from identity_key_node where node = :node")
                .bind("node", node)
                .execute();
    }

    /** The keys of each node that is running. */
    static List<List<byte[]>> nodes(Handle handle) {
        return handle.createQuery("""
                        select check_values from identity_key_node
                        where seen_at > clock_timestamp() - make_interval(secs => :seconds)
                        """)
                .bind("seconds", NODE_SECONDS)
                .map((row, _) -> bytes(row.getArray(1)))
                .list();
    }

    private static List<byte[]> bytes(java.sql.Array array) throws SQLException {
        List<byte[]> values = new ArrayList<>();
        for (String hex : (String[]) array.getArray()) {
            values.add(HexFormat.of().parseHex(hex));
        }
        return values;
    }

    /** False when somebody else is at it. Held until the transaction ends: behind a pooler the session is nobody's own. */
    static boolean lock(Handle tx) {
        return tx.createQuery("select pg_try_advisory_xact_lock(hashtext('ihome identity key'))")
                .mapTo(boolean.class)
                .one();
    }

    static Optional<Rotation> rotation(Handle handle) {
        return handle.createQuery("select check_value, done_up_to from identity_key_rotation")
                .map((row, _) -> new Rotation(row.getBytes("check_value"), row.getLong("done_up_to")))
                .findOne();
    }

    /** From the commit on every node writes with the new key. Waits for the transactions that write with the old one. */
    static void begin(Handle tx, byte[] before, byte[] after, Instant now) {
        tx.createUpdate("update identity_key_check set check_value = :after")
                .bind("after", after)
                .execute();
        tx.createUpdate("insert into identity_key_rotation (check_value, started_at) values (:before, :now)")
                .bind("before", before)
                .bind("now", now)
                .execute();
    }

    /** The next accounts with encrypted fields, so that nobody else changes them. */
    static List<Sealed> next(Handle tx, long after, int most) {
        return tx.createQuery("""
                        select id, real_name, id_card from account
                        where id > :after and verified_at is not null order by id limit :most for no key update
                        """)
                .bind("after", after)
                .bind("most", most)
                .map((row, _) -> new Sealed(row.getLong("id"), row.getBytes("real_name"), row.getBytes("id_card")))
                .list();
    }

    static void replace(Handle tx, Sealed sealed) {
        tx.createUpdate("update account set real_name = :realName, id_card = :idCard where id = :id")
                .bind("realName", sealed.realName())
                .bind("idCard", sealed.idCard())
                .bind("id", sealed.account())
                .execute();
    }

    static void doneUpTo(Handle tx, long account) {
        tx.createUpdate("update identity_key_rotation set done_up_to = :account")
                .bind("account", account)
                .execute();
    }

    static void end(Handle tx) {
        tx.createUpdate("delete from identity_key_rotation").execute();
    }

    /** How many verified accounts and occupants have a field that does not say that it is under the key. */
    static long fieldsNotUnder(Database database, KeyId key) {
        return database.inLongSnapshot(tx -> {
            tx.execute("set local statement_timeout = 0");
            return tx.createQuery("select (select count(*) from account where verified_at is not null and (substring("
                            + "real_name from 1 for 5) <> " + BEGINS + " or substring(id_card from 1 for 5) <> "
                            + BEGINS
                            + ")) + (select count(*) from occupant where " + OccupantKeyStore.NOT_UNDER + ")")
                    .bind("key", key.hex())
                    .mapTo(long.class)
                    .one();
        });
    }

    /** Verified accounts by the id of the key that their number is under; empty for values older than key ids. */
    static Map<String, Long> accountsByKey(Database database) {
        return database.inLongSnapshot(tx -> {
            tx.execute("set local statement_timeout = 0");
            Map<String, Long> counts = new LinkedHashMap<>();
            tx.createQuery("""
                            select case when get_byte(id_card, 0) = 2 then encode(substring(id_card from 2 for 4), 'hex')
                                   else '' end as key, count(*) as accounts
                            from account where verified_at is not null group by 1 order by 1
                            """)
                    .map((row, _) -> Map.entry(row.getString("key"), row.getLong("accounts")))
                    .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
            return counts;
        });
    }
}
