package ihome.platform.http;

/** Who may call a route. Every route says it. */
public enum Access {
    /** Anybody; a session, if there is one, is known. */
    OPEN,
    /** Only with a session: otherwise SESSIONERR. */
    LOGIN
}
