package ihome.booking;

import static ihome.booking.StayChangeAction.ACCEPT;
import static ihome.booking.StayChangeAction.END;
import static ihome.booking.StayChangeAction.EXPIRE;
import static ihome.booking.StayChangeAction.PAY;
import static ihome.booking.StayChangeAction.REJECT;
import static ihome.booking.StayChangeAction.WITHDRAW;
import static ihome.booking.StayChangeStates.Side.ASKER;
import static ihome.booking.StayChangeStates.Side.CLOCK;
import static ihome.booking.StayChangeStates.Side.OTHER;
import static ihome.booking.StayChangeStates.Side.PROVIDER;
import static ihome.booking.StayChangeStatus.DONE;
import static ihome.booking.StayChangeStatus.ENDED;
import static ihome.booking.StayChangeStatus.EXPIRED;
import static ihome.booking.StayChangeStatus.REJECTED;
import static ihome.booking.StayChangeStatus.WAIT_ANSWER;
import static ihome.booking.StayChangeStatus.WAIT_PAYMENT;
import static ihome.booking.StayChangeStatus.WITHDRAWN;

import java.util.Map;
import java.util.Optional;

/** The life of a change of an order: who may do what in which state. What is not in these tables cannot happen. */
final class StayChangeStates {
    /** Who acts, as a change sees guest and host. */
    enum Side {
        /** Guest or host, whichever asked for the change. */
        ASKER,
        /** The other of the two. */
        OTHER,
        CLOCK,
        PROVIDER;

        static Side of(StayChange change, Party party) {
            return switch (party) {
                case GUEST, HOST -> party == change.askedBy() ? ASKER : OTHER;
                case PROVIDER -> PROVIDER;
                case CLOCK -> CLOCK;
                case OPERATOR -> throw new IllegalArgumentException("operators change no stay");
            };
        }
    }

    private record Step(StayChangeStatus from, Side by, StayChangeAction action) {}

    private static final Map<Step, StayChangeStatus> ALWAYS = Map.ofEntries(
            step(WAIT_ANSWER, OTHER, REJECT, REJECTED),
            step(WAIT_ANSWER, ASKER, WITHDRAW, WITHDRAWN),
            step(WAIT_ANSWER, CLOCK, EXPIRE, EXPIRED),
            step(WAIT_ANSWER, CLOCK, END, ENDED));

    /** The guest pays the difference to the site first. */
    private static final Map<Step, StayChangeStatus> TO_BE_PAID = Map.ofEntries(
            step(WAIT_ANSWER, OTHER, ACCEPT, WAIT_PAYMENT),
            step(WAIT_PAYMENT, PROVIDER, PAY, DONE),
            step(WAIT_PAYMENT, ASKER, WITHDRAW, WITHDRAWN),
            step(WAIT_PAYMENT, OTHER, WITHDRAW, WITHDRAWN),
            step(WAIT_PAYMENT, CLOCK, EXPIRE, EXPIRED),
            step(WAIT_PAYMENT, CLOCK, END, ENDED));

    private static final Map<Step, StayChangeStatus> NOT_TO_BE_PAID =
            Map.ofEntries(step(WAIT_ANSWER, OTHER, ACCEPT, DONE));

    private StayChangeStates() {}

    /**
     * Where an action leads; empty when it cannot be done.
     *
     * @param toBePaid whether it costs more, and the guest pays the site
     */
    static Optional<StayChangeStatus> next(StayChangeStatus from, boolean toBePaid, Side by, StayChangeAction action) {
        Step step = new Step(from, by, action);
        StayChangeStatus always = ALWAYS.get(step);
        return Optional.ofNullable(always != null ? always : (toBePaid ? TO_BE_PAID : NOT_TO_BE_PAID).get(step));
    }

    private static Map.Entry<Step, StayChangeStatus> step(
            StayChangeStatus from, Side by, StayChangeAction action, StayChangeStatus to) {
        return Map.entry(new Step(from, by, action), to);
    }
}
