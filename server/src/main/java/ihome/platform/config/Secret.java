package ihome.platform.config;

import java.util.Objects;

/** A value that must not be seen: it prints as {@code <set>}, and only {@link #reveal()} tells it. */
public final class Secret {
    static final String REDACTED = "<set>";

    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    /** The value itself, for the one place that uses it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return REDACTED;
    }
}
