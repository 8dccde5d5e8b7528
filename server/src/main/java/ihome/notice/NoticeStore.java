package ihome.notice;

import ihome.platform.db.JdbcStatements;
import ihome.platform.db.StatementPipeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** SQL of notices. */
final class NoticeStore {
    private static final String INSERT = """
            insert into notice (account_id, order_id, text, created_at)
            select account, ?, text, ? from unnest(?, ?) with ordinality as told (account, text, i) order by i
            """;

    record Kept(long id, long order, String text, Instant createdAt) {}

    void insert(StatementPipeline statements, long order, List<Notices.Notice> notices, Instant now) {
        var _ = statements.update(
                INSERT,
                order,
                now,
                new JdbcStatements.Longs(
                        notices.stream().map(Notices.Notice::account).toList()),
                new JdbcStatements.Texts(
                        notices.stream().map(Notices.Notice::text).toList()));
    }

    /** An account's mobile; empty when more than so many notices of it are younger than {@code since}. */
    Optional<String> mobile(Handle tx, long account, Instant since, int most) {
        return tx.createQuery("""
                        select mobile from account where id = :account and not exists (
                            select from (select created_at from notice where account_id = :account
                                         order by id desc offset :most limit 1) oldest
                            where created_at > :since)
                        """)
                .bind("account", account)
                .bind("since", since)
                .bind("most", most)
                .mapTo(String.class)
                .findOne();
    }

    int deleteUntil(Handle handle, Instant before) {
        return handle.createUpdate("delete from notice where created_at < :before")
                .bind("before", before)
                .execute();
    }

    /**
     * Moves an account's mark to the newest of its notices up to {@code notice}; never back, also when two do so at the
     * same time. False when the account is no more.
     */
    boolean markRead(Handle tx, long account, long notice) {
        return tx.createUpdate("""
                        update account set notices_read = greatest(notices_read, coalesce(
                            (select max(id) from notice where account_id = :account and id <= :notice), 0))
                        where id = :account and erased_at is null
                        """)
                        .bind("account", account)
                        .bind("notice", notice)
                        .execute()
                == 1;
    }

    /**
     * How many an account has after its mark and after {@code read}; without either, since a moment. {@code most} at
     * most.
     */
    int countAfter(Handle tx, long account, OptionalLong read, Instant since, int most) {
        return tx.createQuery("""
                        with mark as (select notices_read from account where id = :account)
                        select count(*) from (select created_at from notice where account_id = :account
                                                  and id > greatest(:read, (select notices_read from mark))
                                              order by id desc limit :most) newest
                        where :known or (select notices_read from mark) is not null or created_at >= :since
                        """)
                .bind("account", account)
                .bind("read", read.orElse(0))
                .bind("known", read.isPresent())
                .bind("since", since)
                .bind("most", most)
                .mapTo(int.class)
                .one();
    }

    /** Some of an account's, the newest first, from the one before {@code before} on. */
    List<Kept> newest(Handle tx, long account, long before, int count) {
        return tx.createQuery("""
                        select id, order_id, text, created_at from notice
                        where account_id = :account and id < :before order by id desc limit :count
                        """)
                .bind("account", account)
                .bind("before", before)
                .bind("count", count)
                .map((row, _) -> new Kept(
                        row.getLong("id"),
                        row.getLong("order_id"),
                        row.getString("text"),
                        row.getTimestamp("created_at").toInstant()))
                .list();
    }
}
