package ihome.payment;

import java.io.Serial;
import java.nio.file.Path;

/**
 * This node's cashier does not sign with the key of the site's other nodes: each would refuse what another one has signed.
 * The message says what to do.
 */
public final class WrongCashierKey extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private WrongCashierKey(String message) {
        super(message, null, false, false);
    }

    static WrongCashierKey missing(Path file) {
        return new WrongCashierKey("this site has a key of the cashier already, and this node does not have it: set"
                + " IHOME_CASHIER_KEY to it, the same on all nodes, or copy cashier.key of the node that made it to "
                + file);
    }

    /** @param place where this node's key is */
    static WrongCashierKey differs(String place) {
        return new WrongCashierKey(
                "the cashier's key " + place + " is not the one that this site's other nodes sign with:"
                        + " set IHOME_CASHIER_KEY to that one, the same on all nodes (to begin with another key, stop all nodes"
                        + " and DELETE FROM cashier_key_check)");
    }
}
