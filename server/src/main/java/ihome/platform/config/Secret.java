package ihome.platform.config;

/**
 * A key or password of the configuration. It prints redacted, so that no log and no exception shows it by accident.
 *
 * @param value the secret itself
 */
public record Secret(String value) {

    /** Tells only whether there is one. */
    @Override
    public String toString() {
        return value.isEmpty() ? "" : "***";
    }
}
