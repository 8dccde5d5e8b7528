package ihome;

/** A command did not do all it was asked; the message says what. */
public final class CommandFailed extends RuntimeException {
    public CommandFailed(String message) {
        super(message, null, false, false);
    }
}
