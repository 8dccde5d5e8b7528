package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OrderStatesTest {
    private static List<String> possible(PaymentWay payment) {
        List<String> possible = new ArrayList<>();
        for (OrderStatus from : OrderStatus.values()) {
            for (Party party : Party.values()) {
                for (OrderAction action : OrderAction.values()) {
                    OrderStates.next(from, payment, party, action)
                            .ifPresent(to -> possible.add(from + " " + party + " " + action + " " + to));
                }
            }
        }
        return possible;
    }

    /** The contract's life of an order, written down a second time: what is not here must not be possible. */
    @Test
    void nothingIsPossibleBesideTheContract() {
        assertThat(possible(PaymentWay.ONLINE))
                .containsExactlyInAnyOrder(
                        "WAIT_ACCEPT HOST ACCEPT WAIT_PAYMENT",
                        "WAIT_ACCEPT HOST REJECT REJECTED",
                        "WAIT_ACCEPT GUEST CANCEL CANCELED",
                        "WAIT_ACCEPT CLOCK EXPIRE CANCELED",
                        "WAIT_PAYMENT PROVIDER PAY PAID",
                        "WAIT_PAYMENT GUEST CANCEL CANCELED",
                        "WAIT_PAYMENT HOST CANCEL CANCELED",
                        "WAIT_PAYMENT CLOCK EXPIRE CANCELED",
                        "PAID GUEST CANCEL CANCELED",
                        "PAID HOST CANCEL CANCELED",
                        "PAID CLOCK FINISH WAIT_COMMENT",
                        "PAID HOST LEFT WAIT_COMMENT",
                        "PAID HOST NO_SHOW CANCELED",
                        "WAIT_COMMENT HOST RELEASE_DEPOSIT WAIT_COMMENT",
                        "COMPLETE HOST RELEASE_DEPOSIT COMPLETE",
                        "WAIT_COMMENT GUEST COMMENT COMPLETE",
                        "CANCELED PROVIDER PAY PAID");
    }

    @Test
    void paidOnArrivalNothingWaitsForAPayment() {
        assertThat(possible(PaymentWay.ON_ARRIVAL))
                .containsExactlyInAnyOrder(
                        "WAIT_ACCEPT HOST ACCEPT PAID",
                        "WAIT_ACCEPT HOST REJECT REJECTED",
                        "WAIT_ACCEPT GUEST CANCEL CANCELED",
                        "WAIT_ACCEPT CLOCK EXPIRE CANCELED",
                        "PAID GUEST CANCEL CANCELED",
                        "PAID HOST CANCEL CANCELED",
                        "PAID CLOCK FINISH WAIT_COMMENT",
                        "PAID HOST LEFT WAIT_COMMENT",
                        "PAID HOST NO_SHOW CANCELED",
                        "WAIT_COMMENT GUEST COMMENT COMPLETE");
    }
}
