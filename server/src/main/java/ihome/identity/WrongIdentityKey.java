package ihome.identity;

import java.nio.file.Path;

/** This node's identity key is not the one that the database was filled with; the message says what to do. */
public final class WrongIdentityKey extends RuntimeException {
    private WrongIdentityKey(String message) {
        super(message, null, false, false);
    }

    static WrongIdentityKey missing(Path file) {
        return new WrongIdentityKey("this database was filled with an identity key that this node does not have:"
                + " set IHOME_IDENTITY_KEY to it, the same on all nodes, or put it back into " + file);
    }

    static WrongIdentityKey differs(KeySource source) {
        return new WrongIdentityKey("the identity key " + source.place()
                + " is not the one this database was filled with: set IHOME_IDENTITY_KEY to that one, the same on all"
                + " nodes");
    }

    static WrongIdentityKey changing(KeySource source) {
        return new WrongIdentityKey("the identity key is being changed, and the key before it is not " + source.place()
                + ": this node needs both until ./ihome keys rotate has ended");
    }
}
