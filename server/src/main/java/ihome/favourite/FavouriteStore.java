package ihome.favourite;

import ihome.listing.HouseSummary;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of favourites. Who adds some has locked the account's ({@link #lock}), so that nobody has too many. */
final class FavouriteStore {
    /**
     * Lets nobody else add favourites of the account, nor erase it, before this transaction ends; false when it is erased.
     */
    boolean lock(Handle tx, long account) {
        return tx.createQuery("select 1 from account where id = :account and erased_at is null for no key update")
                .bind("account", account)
                .mapTo(int.class)
                .findOne()
                .isPresent();
    }

    int count(Handle tx, long account) {
        return tx.createQuery("select count(*) from favourite where account_id = :account")
                .bind("account", account)
                .mapTo(int.class)
                .one();
    }

    boolean has(Handle tx, long account, long house) {
        return tx.createQuery("select exists (select from favourite where account_id = :account and house_id = :house)")
                .bind("account", account)
                .bind("house", house)
                .mapTo(boolean.class)
                .one();
    }

    /** False when no such house is published. */
    boolean add(Handle tx, long account, long house) {
        return tx.createUpdate("""
                        insert into favourite (account_id, house_id)
                        select :account, id from house where id = :house and published
                        """)
                        .bind("account", account)
                        .bind("house", house)
                        .execute()
                == 1;
    }

    /**
     * Adds those of the houses that exist and are no favourites yet, the first so many of them; the first is the newest
     * then.
     */
    void addAll(Handle tx, long account, List<Long> houses, int room) {
        tx.createUpdate("""
                        insert into favourite (account_id, house_id)
                        select :account, house_id
                        from (select h.id as house_id, kept.place
                              from unnest(:houses) with ordinality as kept (house_id, place)
                              join house h on h.id = kept.house_id
                              where not exists (select from favourite f
                                                where f.account_id = :account and f.house_id = h.id)
                              order by kept.place limit :room) as added
                        order by place desc
                        """)
                .bind("account", account)
                .bindArray("houses", Long.class, houses)
                .bind("room", room)
                .execute();
    }

    void remove(Handle tx, long account, long house) {
        tx.createUpdate("delete from favourite where account_id = :account and house_id = :house")
                .bind("account", account)
                .bind("house", house)
                .execute();
    }

    /** The newest first. */
    List<Long> ids(Handle tx, long account) {
        return tx.createQuery("select house_id from favourite where account_id = :account order by id desc")
                .bind("account", account)
                .mapTo(Long.class)
                .list();
    }

    /** The newest first, also those that were taken down. */
    List<HouseSummary> houses(Handle tx, long account) {
        return tx.createQuery(HouseSummary.SELECT
                        + " join favourite f on f.house_id = h.id where f.account_id = :account order by f.id desc")
                .bind("account", account)
                .map((row, _) -> HouseSummary.of(row))
                .list();
    }
}
