package ihome.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** All SQL of accounts. */
final class AccountStore {
    static final String MOBILE_UNIQUE = "account_mobile_key";
    private static final String NAME_UNIQUE = "account_name_key";
    private static final String SKELETON_UNIQUE = "account_name_skeleton_key";

    private static final RowMapper<Account> ACCOUNT = (row, _) -> new Account(
            row.getLong("id"),
            row.getString("mobile"),
            row.getString("name"),
            row.getString("avatar"),
            row.getTimestamp("created_at").toInstant());

    /** What log-in needs of an account. */
    record Credentials(long id, @Nullable String passwordHash) {}

    /** What was verified; encrypted. */
    static final class SealedIdentity {
        private final byte[] realName;
        private final byte[] idCard;

        SealedIdentity(byte[] realName, byte[] idCard) {
            this.realName = realName;
            this.idCard = idCard;
        }

        byte[] realName() {
            return realName;
        }

        byte[] idCard() {
            return idCard;
        }
    }

    /** Whether this unique constraint keeps two accounts from having names that look alike. */
    static boolean isNameTaken(@Nullable String constraint) {
        return NAME_UNIQUE.equals(constraint) || SKELETON_UNIQUE.equals(constraint);
    }

    Account insert(Handle tx, String mobile, DisplayName name, String passwordHash, Instant now) {
        return tx.createQuery("""
                        insert into account (mobile, name, name_skeleton, password_hash, created_at)
                        values (:mobile, :name, :skeleton, :hash, :now)
                        returning id, mobile, name, avatar, created_at
                        """)
                .bind("mobile", mobile)
                .bind("name", name.text())
                .bind("skeleton", name.skeleton())
                .bind("hash", passwordHash)
                .bind("now", now)
                .map(ACCOUNT)
                .one();
    }

    Optional<Account> find(Handle tx, long id) {
        return tx.createQuery(
                        "select id, mobile, name, avatar, created_at from account where id = :id and erased_at is null")
                .bind("id", id)
                .map(ACCOUNT)
                .findOne();
    }

    Optional<Credentials> credentials(Handle tx, String mobile) {
        return tx.createQuery("select id, password_hash from account where mobile = :mobile")
                .bind("mobile", mobile)
                .map((row, _) -> new Credentials(row.getLong("id"), row.getString("password_hash")))
                .findOne();
    }

    /** Empty when there is no such account, or it has no password. */
    Optional<String> passwordHash(Handle tx, long id) {
        return tx.createQuery("select password_hash from account where id = :id and password_hash is not null")
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }

    /** The account with the mobile; empty when there is none. */
    Optional<Long> setPassword(Handle tx, String mobile, String hash) {
        return tx.createQuery("update account set password_hash = :hash where mobile = :mobile returning id")
                .bind("hash", hash)
                .bind("mobile", mobile)
                .mapTo(Long.class)
                .findOne();
    }

    /** False when the hash is another by now. */
    boolean replacePassword(Handle tx, long id, String before, String hash) {
        return tx.createUpdate("update account set password_hash = :hash where id = :id and password_hash = :before")
                        .bind("hash", hash)
                        .bind("id", id)
                        .bind("before", before)
                        .execute()
                == 1;
    }

    /** False when there is no such account. To be called what it is called is no change, whoever looks alike. */
    boolean rename(Handle tx, long id, DisplayName name) {
        boolean changed = tx.createUpdate("update account set name = :name where id = :id and name <> :name"
                                + " and erased_at is null")
                        .bind("name", name.text())
                        .bind("id", id)
                        .execute()
                == 1;
        if (!changed) {
            return find(tx, id).isPresent();
        }
        // A change of the name alone forgets the skeleton: a version that does not know it may run beside this one.
        tx.createUpdate("update account set name_skeleton = :skeleton where id = :id")
                .bind("skeleton", name.skeleton())
                .bind("id", id)
                .execute();
        return true;
    }

    /** Accounts after one whose name has no skeleton yet: imported ones, and those of a version before it. */
    List<Unmarked> withoutSkeleton(Handle tx, long after, int most) {
        return tx.createQuery("""
                        select id, name from account
                        where name_skeleton is null and erased_at is null and id > :after
                        order by id limit :most
                        """)
                .bind("after", after)
                .bind("most", most)
                .map((row, _) -> new Unmarked(row.getLong("id"), new DisplayName(row.getString("name"))))
                .list();
    }

    /** Gives a name its skeleton, unless another account has it, or the name is another by now. */
    void setSkeleton(Handle tx, Unmarked account) {
        tx.createUpdate("""
                        update account set name_skeleton = :skeleton
                        where id = :id and name = :name and erased_at is null and name_skeleton is null
                        and not exists (select from account other where other.name_skeleton = :skeleton)
                        """)
                .bind("skeleton", account.name().skeleton())
                .bind("id", account.id())
                .bind("name", account.name().text())
                .execute();
    }

    /** An account whose name has no skeleton. */
    record Unmarked(long id, DisplayName name) {}

    /** Sets the avatar and returns the row's old one; empty when there is no such account. */
    Optional<Optional<String>> replaceAvatar(Handle tx, long id, String avatar) {
        return tx.createQuery("""
                        with old as (select id, avatar from account where id = :id and erased_at is null for update)
                        update account a set avatar = :avatar from old where a.id = old.id
                        returning old.avatar as old_avatar
                        """)
                .bind("id", id)
                .bind("avatar", avatar)
                .map((row, _) -> Optional.ofNullable(row.getString("old_avatar")))
                .findOne();
    }

    /** False when the account is verified already, or gone. */
    boolean saveIdentity(Handle tx, long id, SealedIdentity identity, Instant now) {
        return tx.createUpdate("""
                        update account set real_name = :realName, id_card = :idCard, verified_at = :now
                        where id = :id and verified_at is null and erased_at is null
                        """)
                        .bind("realName", identity.realName())
                        .bind("idCard", identity.idCard())
                        .bind("now", now)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    Optional<SealedIdentity> identity(Handle tx, long id) {
        return tx.createQuery("select real_name, id_card from account where id = :id and verified_at is not null")
                .bind("id", id)
                .map((row, _) -> new SealedIdentity(row.getBytes("real_name"), row.getBytes("id_card")))
                .findOne();
    }
}
