package ihome.booking;

import ihome.platform.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** SQL of claims on deposits. Whoever changes one has its order locked. */
final class DepositClaimStore {
    /** How many claims wait for a guest's answer, {@code most} at most: of this guest, or of this host. */
    int unanswered(Handle tx, long account, Party side, int most) {
        return tx.createQuery("""
                        select count(*) from (
                            select 1 from deposit_claim c join orders o on o.id = c.order_id
                            where c.due_at is not null and c.status = 'WAIT_ANSWER' and o.%s = :account limit :most) some
                        """.formatted(side == Party.HOST ? "host_id" : "guest_id"))
                .bind("account", account)
                .bind("most", most)
                .mapTo(int.class)
                .one();
    }

    /** Returns its id. */
    long insert(Handle tx, long order, Money amount, String reason, Instant answerBy, Instant due, Instant now) {
        return tx.createQuery("""
                        insert into deposit_claim (order_id, amount, reason, status, answer_by, due_at, created_at)
                        values (:order, :amount, :reason, 'WAIT_ANSWER', :answerBy, :due, :now)
                        returning id
                        """)
                .bind("order", order)
                .bind("amount", amount.fen())
                .bind("reason", reason)
                .bind("answerBy", answerBy)
                .bind("due", due)
                .bind("now", now)
                .mapTo(long.class)
                .one();
    }

    /** That of an order, if there is one. */
    Optional<DepositClaim> of(Handle tx, long order) {
        return tx.createQuery("select * from deposit_claim where order_id = :order")
                .bind("order", order)
                .map((row, _) -> claim(row))
                .findOne();
    }

    Optional<DepositClaim> find(Handle tx, long claim) {
        return tx.createQuery("select * from deposit_claim where id = :claim")
                .bind("claim", claim)
                .map((row, _) -> claim(row))
                .findOne();
    }

    /** @param operator who decided it; null when no operator did */
    void update(Handle tx, DepositClaim claim, @Nullable String operator) {
        DepositClaim.Close close = claim.close();
        tx.createUpdate("""
                        update deposit_claim
                        set status = :status, answer_by = :answerBy, reminders = :reminders, due_at = :due, answer = :answer,
                            granted = :granted, closed_by = :closedBy, closed_at = :closedAt, decision = :decision,
                            decided_by = :operator
                        where id = :id
                        """)
                .bind("status", claim.status().name())
                .bind("answerBy", claim.answerBy())
                .bind("reminders", claim.reminders())
                .bind("due", claim.dueAt())
                .bind("answer", claim.answer())
                .bind("granted", close == null ? null : close.granted().fen())
                .bind("closedBy", close == null ? null : close.by().name())
                .bind("closedAt", close == null ? null : close.at())
                .bind("decision", claim.decision())
                .bind("operator", operator)
                .bind("id", claim.id())
                .execute();
    }

    /** Those that an operator has to decide, the oldest first. */
    List<DepositClaim> disputed(Handle tx, int most) {
        return tx.createQuery("select * from deposit_claim where status = 'DISPUTED' order by id limit :most")
                .bind("most", most)
                .map((row, _) -> claim(row))
                .list();
    }

    /** Empties the texts of claims that were closed before a moment; returns of how many. */
    int forgetTexts(Handle tx, Instant closedBefore) {
        return tx.createUpdate("""
                        update deposit_claim set reason = '', answer = '', decision = ''
                        where closed_at < :before and (reason <> '' or answer <> '' or decision <> '')
                        """).bind("before", closedBefore).execute();
    }

    private static DepositClaim claim(ResultSet row) throws SQLException {
        return new DepositClaim(
                row.getLong("id"),
                row.getLong("order_id"),
                new Money(row.getLong("amount")),
                row.getString("reason"),
                DepositClaimStatus.valueOf(row.getString("status")),
                row.getTimestamp("answer_by").toInstant(),
                row.getInt("reminders"),
                row.getString("answer"),
                row.getString("decision"),
                close(row),
                row.getTimestamp("created_at").toInstant());
    }

    private static DepositClaim.@Nullable Close close(ResultSet row) throws SQLException {
        String by = row.getString("closed_by");
        return by == null
                ? null
                : new DepositClaim.Close(
                        row.getTimestamp("closed_at").toInstant(),
                        Party.valueOf(by),
                        new Money(row.getLong("granted")));
    }
}
