package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StayChangeStatesTest {
    /** The contract's life of a change, written down a second time: what is not here must not be possible. */
    @Test
    void nothingIsPossibleBesideTheContract() {
        List<String> possible = new ArrayList<>();
        for (boolean toBePaid : new boolean[] {false, true}) {
            for (StayChangeStatus from : StayChangeStatus.values()) {
                for (StayChangeStates.Side side : StayChangeStates.Side.values()) {
                    for (StayChangeAction action : StayChangeAction.values()) {
                        StayChangeStates.next(from, toBePaid, side, action)
                                .ifPresent(to -> possible.add(
                                        (toBePaid ? "dearer " : "") + from + " " + side + " " + action + " " + to));
                    }
                }
            }
        }
        assertThat(possible)
                .containsExactlyInAnyOrder(
                        "WAIT_ANSWER OTHER ACCEPT DONE",
                        "WAIT_ANSWER OTHER REJECT REJECTED",
                        "WAIT_ANSWER ASKER WITHDRAW WITHDRAWN",
                        "WAIT_ANSWER CLOCK EXPIRE EXPIRED",
                        "WAIT_ANSWER CLOCK END ENDED",
                        "dearer WAIT_ANSWER OTHER ACCEPT WAIT_PAYMENT",
                        "dearer WAIT_ANSWER OTHER REJECT REJECTED",
                        "dearer WAIT_ANSWER ASKER WITHDRAW WITHDRAWN",
                        "dearer WAIT_ANSWER CLOCK EXPIRE EXPIRED",
                        "dearer WAIT_ANSWER CLOCK END ENDED",
                        "dearer WAIT_PAYMENT PROVIDER PAY DONE",
                        "dearer WAIT_PAYMENT ASKER WITHDRAW WITHDRAWN",
                        "dearer WAIT_PAYMENT OTHER WITHDRAW WITHDRAWN",
                        "dearer WAIT_PAYMENT CLOCK EXPIRE EXPIRED",
                        "dearer WAIT_PAYMENT CLOCK END ENDED");
    }
}
