package ihome.booking;

import ihome.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host claims from the deposit of a stay that has ended.
 *
 * @param amount what the host asks for
 * @param reason the host's words; empty once they are not kept any longer, as {@code answer} and {@code decision}
 * @param answerBy the guest's silence until then is acceptance
 * @param reminders how often the guest was reminded
 * @param answer the guest's words; empty where there are none
 * @param decision the operator's words; empty where no operator decided
 * @param close null while it is open
 */
record DepositClaim(
        long id,
        long order,
        Money amount,
        String reason,
        DepositClaimStatus status,
        Instant answerBy,
        int reminders,
        String answer,
        String decision,
        @Nullable Close close,
        Instant createdAt) {
    /** How long a guest has to answer. */
    static final Duration ANSWER = Duration.ofDays(3);

    /** So long before the end of that time the guest is reminded. */
    static final List<Duration> REMINDERS = List.of(Duration.ofDays(2), Duration.ofHours(12));

    /**
     * How it ended.
     *
     * @param granted what the host gets of the deposit
     */
    record Close(Instant at, Party by, Money granted) {}

    /** When the clock has to do with it next; null when it has not. */
    @Nullable
    Instant dueAt() {
        if (status != DepositClaimStatus.WAIT_ANSWER) {
            return null;
        }
        return reminders < REMINDERS.size() ? answerBy.minus(REMINDERS.get(reminders)) : answerBy;
    }

    /** What the clock has to do with it now; null when nothing. Silence counts only after all reminders. */
    @Nullable
    DepositClaimAction due(Instant now) {
        Instant at = dueAt();
        if (at == null || now.isBefore(at)) {
            return null;
        }
        return reminders < REMINDERS.size() ? DepositClaimAction.REMIND : DepositClaimAction.EXPIRE;
    }

    /**
     * The guest is reminded now and has at least as long as the reminder says: when it comes late, because the site was not
     * running, the time to answer ends later.
     */
    DepositClaim reminded(Instant now) {
        Instant promised = now.plus(REMINDERS.get(reminders));
        return new DepositClaim(
                id,
                order,
                amount,
                reason,
                status,
                answerBy.isBefore(promised) ? promised : answerBy,
                reminders + 1,
                answer,
                decision,
                close,
                createdAt);
    }

    DepositClaim in(DepositClaimStatus next, String guestSays, String operatorSays, @Nullable Close end) {
        return new DepositClaim(
                id, order, amount, reason, next, answerBy, reminders, guestSays, operatorSays, end, createdAt);
    }

    /** As it counts at a moment, whether or not the clock's work has been written down yet. */
    DepositClaim asOf(Instant now) {
        return due(now) == DepositClaimAction.EXPIRE
                ? in(DepositClaimStatus.ACCEPTED, answer, decision, new Close(answerBy, Party.CLOCK, amount))
                : this;
    }
}
