package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DepositClaimStatesTest {
    /** The contract's life of a claim, written down a second time: what is not here must not be possible. */
    @Test
    void nothingIsPossibleBesideTheContract() {
        List<String> possible = new ArrayList<>();
        for (DepositClaimStatus from : DepositClaimStatus.values()) {
            for (Party party : Party.values()) {
                for (DepositClaimAction action : DepositClaimAction.values()) {
                    DepositClaimStates.next(from, party, action)
                            .ifPresent(to -> possible.add(from + " " + party + " " + action + " " + to));
                }
            }
        }
        assertThat(possible)
                .containsExactlyInAnyOrder(
                        "WAIT_ANSWER GUEST ACCEPT ACCEPTED",
                        "WAIT_ANSWER GUEST DISPUTE DISPUTED",
                        "WAIT_ANSWER CLOCK REMIND WAIT_ANSWER",
                        "WAIT_ANSWER CLOCK EXPIRE ACCEPTED",
                        "WAIT_ANSWER HOST WITHDRAW WITHDRAWN",
                        "DISPUTED HOST WITHDRAW WITHDRAWN",
                        "DISPUTED OPERATOR DECIDE DECIDED");
    }
}
