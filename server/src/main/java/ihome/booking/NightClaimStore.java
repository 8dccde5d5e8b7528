package ihome.booking;

import ihome.changeevents.ChangeKeys;
import ihome.changeevents.NightsTaken;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.JdbcStatements;
import ihome.platform.db.StatementPipeline;
import ihome.stay.Stay;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The only writer of {@code night_claim} beside the import of calendars. Its primary key (house, night) is what keeps a
 * night from being sold twice; nights are inserted in date order, so that two takers never wait for each other in turn.
 */
final class NightClaimStore {
    private static final String TAKE = """
            insert into night_claim (house_id, night, kind, order_id)
            select ?, night, 'ORDER', ? from unnest(?) stay (night) order by night
            on conflict do nothing
            """;

    private final ChangeLog changes;

    /** @param changes is told of every claim and release: searches by date answer differently from then on */
    NightClaimStore(ChangeLog changes) {
        this.changes = changes;
    }

    /**
     * Claims every night of a stay. Waits for whoever is claiming or freeing one of them at this moment. When it answers
     * false at least one night was taken, and the caller gives up its transaction, or frees the others.
     */
    boolean take(Handle tx, long house, Stay stay, long order) {
        return take(tx, house, stay.dates(), order);
    }

    /** As {@link #take(Handle, long, Stay, long)}, of some nights in date order. */
    boolean take(Handle tx, long house, List<LocalDate> nights, long order) {
        changes.append(tx, ChangeKeys.nights(house), ChangeKeys.LISTS);
        return JdbcStatements.update(tx, TAKE, house, order, new JdbcStatements.Dates(nights)) == nights.size();
    }

    /**
     * As {@link #take(Handle, long, Stay, long)}, with other statements, and answers when they are sent. In a transaction
     * that does nothing else to the house's nights, and is given up when one was taken.
     */
    BooleanSupplier take(Handle tx, StatementPipeline statements, long house, Stay stay, long order) {
        NightsTaken nights = new NightsTaken(house, stay.start(), stay.end());
        changes.append(tx, statements, nights, ChangeKeys.nights(house), ChangeKeys.LISTS);
        Supplier<Integer> taken = statements.update(TAKE, house, order, new JdbcStatements.Dates(stay.dates()));
        return () -> taken.get() == stay.nights();
    }

    /** Frees the nights of an order. */
    void release(Handle tx, long house, Stay stay, long order) {
        changes.append(tx, ChangeKeys.nights(house), ChangeKeys.LISTS);
        tx.createUpdate("""
                        delete from night_claim
                        where house_id = :house and night >= :start and night < :end and order_id = :order
                        """)
                .bind("house", house)
                .bind("start", stay.start())
                .bind("end", stay.end())
                .bind("order", order)
                .execute();
    }

    /** Frees some nights of an order. */
    void release(Handle tx, long house, List<LocalDate> nights, long order) {
        changes.append(tx, ChangeKeys.nights(house), ChangeKeys.LISTS);
        int _ = JdbcStatements.update(
                tx,
                "delete from night_claim where house_id = ? and night = any(?) and order_id = ?",
                house,
                new JdbcStatements.Dates(nights),
                order);
    }

    /**
     * The nights of an order become the host's block: nobody can take them in between, and the host opens them again who
     * wants to. Searches answer as before.
     */
    void block(Handle tx, long house, Stay stay, long order) {
        tx.createUpdate("""
                        update night_claim set kind = 'BLOCK', order_id = null
                        where house_id = :house and night >= :start and night < :end and order_id = :order
                        """)
                .bind("house", house)
                .bind("start", stay.start())
                .bind("end", stay.end())
                .bind("order", order)
                .execute();
    }

    /** Blocks every night that is not blocked yet. False when one is sold: the caller gives up its transaction. */
    boolean block(Handle tx, long house, Stay nights) {
        changes.append(tx, ChangeKeys.nights(house), ChangeKeys.LISTS);
        tx.createUpdate("""
                        insert into night_claim (house_id, night, kind)
                        select :house, cast(:start as date) + i, 'BLOCK'
                        from generate_series(0, :nights - 1) i order by i
                        on conflict do nothing
                        """)
                .bind("house", house)
                .bind("start", nights.start())
                .bind("nights", nights.nights())
                .execute();
        return tx.createQuery("""
                        select not exists (select from night_claim
                                           where house_id = :house and night >= :start and night < :end
                                             and kind in ('ORDER', 'HOLD'))
                        """)
                .bind("house", house)
                .bind("start", nights.start())
                .bind("end", nights.end())
                .mapTo(boolean.class)
                .one();
    }

    /** Frees what the host blocked, and what an import claimed; sold nights stay. */
    void unblock(Handle tx, long house, Stay nights) {
        changes.append(tx, ChangeKeys.nights(house), ChangeKeys.LISTS);
        tx.createUpdate("""
                        delete from night_claim
                        where house_id = :house and night >= :start and night < :end and kind in ('BLOCK', 'IMPORT')
                        """)
                .bind("house", house)
                .bind("start", nights.start())
                .bind("end", nights.end())
                .execute();
    }

    /** Whether nobody has any of some nights. */
    boolean areFree(Handle tx, long house, List<LocalDate> nights) {
        return tx.createQuery("""
                        select not exists (select from night_claim where house_id = :house and night = any(:nights))
                        """)
                .bind("house", house)
                .bindArray("nights", LocalDate.class, nights)
                .mapTo(boolean.class)
                .one();
    }

    boolean areFree(Handle tx, long house, Stay stay) {
        return tx.createQuery("""
                        select not exists (select from night_claim
                                           where house_id = :house and night >= :start and night < :end)
                        """)
                .bind("house", house)
                .bind("start", stay.start())
                .bind("end", stay.end())
                .mapTo(boolean.class)
                .one();
    }
}
