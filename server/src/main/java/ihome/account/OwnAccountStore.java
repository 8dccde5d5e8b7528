package ihome.account;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of an account's own row, for its export and its erasure. */
final class OwnAccountStore {
    /** Names and numbers as they are kept. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Profile(
            String mobile,
            String name,
            Optional<String> avatar,
            Instant createdAt,
            Optional<byte[]> realName,
            Optional<byte[]> idCard,
            Optional<Instant> verifiedAt) {}

    /** Empty when there is no such account (any more). */
    Optional<Profile> profile(Handle tx, long account) {
        return tx.createQuery("""
                        select mobile, name, avatar, created_at, real_name, id_card, verified_at
                        from account where id = :account and mobile is not null
                        """)
                .bind("account", account)
                .map((row, _) -> new Profile(
                        row.getString("mobile"),
                        row.getString("name"),
                        Optional.ofNullable(row.getString("avatar")),
                        row.getTimestamp("created_at").toInstant(),
                        Optional.ofNullable(row.getBytes("real_name")),
                        Optional.ofNullable(row.getBytes("id_card")),
                        Optional.ofNullable(row.getTimestamp("verified_at")).map(Timestamp::toInstant)))
                .findOne();
    }

    /** Empty when there is no such account, or its password was replaced meanwhile. */
    Optional<OwnAccount.Locked> lock(Handle tx, long account, String hash) {
        return tx.createQuery("""
                        select mobile, avatar from account
                        where id = :account and password_hash = :hash and mobile is not null for update
                        """)
                .bind("account", account)
                .bind("hash", hash)
                .map((row, _) ->
                        new OwnAccount.Locked(row.getString("mobile"), Optional.ofNullable(row.getString("avatar"))))
                .findOne();
    }

    void erase(Handle tx, long account, String name, Instant now) {
        tx.createUpdate("""
                        update account set mobile = null, name = :name, password_hash = null, avatar = null,
                            real_name = null, id_card = null, verified_at = null, notices_read = null,
                            erased_at = :now
                        where id = :account
                        """)
                .bind("name", name)
                .bind("now", now)
                .bind("account", account)
                .execute();
    }
}
