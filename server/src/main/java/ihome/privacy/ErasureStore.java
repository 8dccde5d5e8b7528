package ihome.privacy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** All SQL of an account's erasure. */
final class ErasureStore {
    /** What is still there of an account that is about to be erased. */
    record Locked(String mobile, Optional<String> avatar) {}

    /** Empty when there is no such account, or its password was replaced meanwhile. */
    Optional<Locked> lock(Handle tx, long account, String hash) {
        return tx.createQuery("""
                        select mobile, avatar from account
                        where id = :account and password_hash = :hash and mobile is not null for update
                        """)
                .bind("account", account)
                .bind("hash", hash)
                .map((row, _) -> new Locked(row.getString("mobile"), Optional.ofNullable(row.getString("avatar"))))
                .findOne();
    }

    /** On either side. A stay that is over and was not commented on is not open. */
    boolean hasOpenOrders(Handle tx, long account) {
        return yes(tx, account, """
                select exists (select from orders where (guest_id = :account or host_id = :account)
                                 and status in ('WAIT_ACCEPT', 'WAIT_PAYMENT', 'PAID'))
                """);
    }

    /**
     * A refund or payment under way, or a guest's money that we still hold. What a host has earned is paid out past this
     * system and stays in the ledger under the account's number.
     */
    boolean isOwedOrOwing(Handle tx, long account) {
        return yes(tx, account, """
                select exists (select from refund r join orders o on o.id = r.order_id
                               where r.done_at is null and (o.guest_id = :account or o.host_id = :account))
                    or exists (select from payment p join orders o on o.id = p.order_id
                               where p.state = 'OPEN' and (o.guest_id = :account or o.host_id = :account))
                    or exists (select from ledger_entry where account_id = :account and kind in ('GUEST', 'DEPOSIT')
                               group by kind having sum(amount) <> 0)
                """);
    }

    private static boolean yes(Handle tx, long account, String query) {
        return tx.createQuery(query)
                .bind("account", account)
                .mapTo(boolean.class)
                .one();
    }

    /**
     * Nobody finds them any more, and what they said and where they are is forgotten; their titles stay with the orders,
     * whose addresses and pictures go.
     */
    List<Long> takeDownHouses(Handle tx, long account) {
        for (String table : List.of("house_arrival", "house_season")) {
            tx.createUpdate("delete from " + table
                            + " where house_id in (select id from house where owner_id = :account)")
                    .bind("account", account)
                    .execute();
        }
        return tx.createQuery("""
                        update house set published = false, address = '', latitude = null, longitude = null,
                            main_image = null, description = '', rules = ''
                        where owner_id = :account returning id
                        """).bind("account", account).mapTo(Long.class).list();
    }

    /** Takes the photos from the houses and from their orders; returns each picture once. */
    List<String> removePictures(Handle tx, long account) {
        return new ArrayList<>(
                tx.createQuery("""
                        with removed as (
                            delete from house_image where house_id in (select id from house where owner_id = :account)
                            returning picture),
                        sold as (
                            update orders set address = '', main_image = null, rules = ''
                            from (select id, main_image from orders where host_id = :account) before
                            where orders.id = before.id
                            returning before.main_image)
                        select picture from removed
                        union select main_image from sold where main_image is not null
                        """).bind("account", account).mapTo(String.class).list());
    }

    /** What was said of claims on deposits, by either side and by operators: it tells of both people. The amounts stay. */
    void forgetClaims(Handle tx, long account) {
        tx.createUpdate("""
                        update deposit_claim c set reason = '', answer = '', decision = ''
                        from orders o where o.id = c.order_id and (o.guest_id = :account or o.host_id = :account)
                        """).bind("account", account).execute();
    }

    /** What hosts said of a guest tells of that guest; of an erased host the words go. A guest's comments stay, as the houses'. */
    void forgetGuestReviews(Handle tx, long account) {
        tx.createUpdate("delete from guest_review where guest_id = :account")
                .bind("account", account)
                .execute();
        tx.createUpdate("update guest_review set text = '' where host_id = :account")
                .bind("account", account)
                .execute();
        tx.createUpdate("update review_report set text = '' where reporter = :account and text <> ''")
                .bind("account", account)
                .execute();
    }

    void removeWhatIsOnlyTheirs(Handle tx, long account, String mobile) {
        for (String table : List.of("favourite", "notice", "idempotency")) {
            tx.createUpdate("delete from " + table + " where account_id = :account")
                    .bind("account", account)
                    .execute();
        }
        tx.createUpdate("delete from outbox where state = 'waiting' and payload ->> 'mobile' = :mobile")
                .bind("mobile", mobile)
                .execute();
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
