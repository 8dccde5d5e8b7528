package ihome.booking;

import ihome.platform.db.StatementPipeline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** SQL of what an account holds without having paid. Part of every booking, so its plan is kept (BookingPlanTest). */
final class HoldStore {
    // A statement of its own: the next one's snapshot is taken when this has returned, so it sees the orders of
    // whoever held the lock before.
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('orders of an account'), ?)";
    private static final String HELD = """
            select held.*, expired.*, placed.*
            from (select count(*) as open, coalesce(sum(end_date - start_date), 0) as nights, min(deadline) as until,
                         count(*) filter (where house_id = ?) as of_house,
                         min(deadline) filter (where house_id = ?) as of_house_until
                  from orders where guest_id = ? and deadline > ?) held,
                 (select count(*) as expired, max(at) as last_expired
                  from (select expired_at as at from orders where guest_id = ? and expired_at > ?
                        union all
                        select deadline from orders
                        where guest_id = ? and deadline <= ? and deadline > ? and status = 'WAIT_PAYMENT') unpaid) expired,
                 (select count(*) as placed, min(created_at) as first_placed
                  from orders where guest_id = ? and created_at > ? and created_at <= ?) placed
            """;

    /**
     * What an account holds and has done lately.
     *
     * @param open its orders that wait for an answer or a payment
     * @param nights of these orders together
     * @param until when the first of them expires; null when there is none
     * @param ofHouse how many of them are of the house in question
     * @param ofHouseUntil when the first of these expires; null when there is none
     * @param expired how many orders expired unpaid since the beginning of the week that was asked for
     * @param lastExpired when the last of them did; null when none did
     * @param placed how many orders it has placed since the beginning of the day that was asked for
     * @param firstPlaced when the first of them was placed; null when none was
     */
    record Held(
            int open,
            int nights,
            @Nullable Instant until,
            int ofHouse,
            @Nullable Instant ofHouseUntil,
            int expired,
            @Nullable Instant lastExpired,
            int placed,
            @Nullable Instant firstPlaced) {}

    /** The moments between which orders count. */
    record Moments(Instant now, Instant dayAgo, Instant weekAgo) {}

    /**
     * What an account holds, known once the statements are sent. Until the transaction ends no other transaction that
     * asks for the same account gets an answer.
     */
    Supplier<Optional<Held>> lockAndCount(StatementPipeline statements, long guest, long house, Moments moments) {
        var _ = statements.first(LOCK, _ -> true, (int) (guest % Integer.MAX_VALUE));
        return statements.first(
                HELD,
                HoldStore::held,
                house,
                house,
                guest,
                moments.now,
                guest,
                moments.weekAgo,
                guest,
                moments.now,
                moments.weekAgo,
                guest,
                moments.dayAgo,
                moments.now);
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(
                row.getInt("open"),
                row.getInt("nights"),
                instant(row, "until"),
                row.getInt("of_house"),
                instant(row, "of_house_until"),
                row.getInt("expired"),
                instant(row, "last_expired"),
                row.getInt("placed"),
                instant(row, "first_placed"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
