package ihome.booking;

import static ihome.booking.DepositClaimAction.ACCEPT;
import static ihome.booking.DepositClaimAction.DECIDE;
import static ihome.booking.DepositClaimAction.DISPUTE;
import static ihome.booking.DepositClaimAction.EXPIRE;
import static ihome.booking.DepositClaimAction.REMIND;
import static ihome.booking.DepositClaimAction.WITHDRAW;
import static ihome.booking.DepositClaimStatus.ACCEPTED;
import static ihome.booking.DepositClaimStatus.DECIDED;
import static ihome.booking.DepositClaimStatus.DISPUTED;
import static ihome.booking.DepositClaimStatus.WAIT_ANSWER;
import static ihome.booking.DepositClaimStatus.WITHDRAWN;
import static ihome.booking.Party.CLOCK;
import static ihome.booking.Party.GUEST;
import static ihome.booking.Party.HOST;
import static ihome.booking.Party.OPERATOR;

import java.util.Map;
import java.util.Optional;

/** The life of a claim on a deposit: who may do what in which state. What is not in this table cannot happen. */
final class DepositClaimStates {
    private record Step(DepositClaimStatus from, Party by, DepositClaimAction action) {}

    private static final Map<Step, DepositClaimStatus> STEPS = Map.ofEntries(
            step(WAIT_ANSWER, GUEST, ACCEPT, ACCEPTED),
            step(WAIT_ANSWER, GUEST, DISPUTE, DISPUTED),
            step(WAIT_ANSWER, CLOCK, REMIND, WAIT_ANSWER),
            step(WAIT_ANSWER, CLOCK, EXPIRE, ACCEPTED),
            step(WAIT_ANSWER, HOST, WITHDRAW, WITHDRAWN),
            step(DISPUTED, HOST, WITHDRAW, WITHDRAWN),
            step(DISPUTED, OPERATOR, DECIDE, DECIDED));

    private DepositClaimStates() {}

    /** Where an action leads; empty when it cannot be done. */
    static Optional<DepositClaimStatus> next(DepositClaimStatus from, Party by, DepositClaimAction action) {
        return Optional.ofNullable(STEPS.get(new Step(from, by, action)));
    }

    private static Map.Entry<Step, DepositClaimStatus> step(
            DepositClaimStatus from, Party by, DepositClaimAction action, DepositClaimStatus to) {
        return Map.entry(new Step(from, by, action), to);
    }
}
