package ihome.payment;

import java.io.Serial;

/** This node's cashier would sign with another key than the site's other nodes do: each would refuse the others' payments. */
public final class WrongCashierKey extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    WrongCashierKey() {
        super("the other nodes of this site sign payments of the cashier with another key: set IHOME_CASHIER_KEY to the same"
                + " key on all nodes, or copy cashier.key from the data folder of the node that made it (where nobody has"
                + " it any more: delete from cashier_key_check)");
    }
}
