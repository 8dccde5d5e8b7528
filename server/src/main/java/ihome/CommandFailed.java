package ihome;

/** A command did not do all it was asked; the message says what. */
final class CommandFailed extends RuntimeException {
    CommandFailed(String message) {
        super(message, null, false, false);
    }
}
