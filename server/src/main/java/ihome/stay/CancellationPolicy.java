package ihome.stay;

import ihome.platform.money.Money;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a guest gets back who cancels a paid stay. The share is of the lodging and depends on the whole days between the
 * day of cancelling and the day of arrival, both in the site's zone; the deposit always goes back whole.
 */
public enum CancellationPolicy {
    /** 灵活 */
    FLEXIBLE,
    /** 适中 */
    MODERATE,
    /** 严格 */
    STRICT;

    /**
     * One line of a policy.
     *
     * @param daysBefore at least so many days before arrival
     * @param share per cent of the lodging that go back
     */
    public record Term(int daysBefore, int share) {}

    /** The name on the wire and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The most generous term first; later than the last of them nothing goes back. */
    public List<Term> terms() {
        return switch (this) {
            case FLEXIBLE -> List.of(new Term(1, 100), new Term(0, 50));
            case MODERATE -> List.of(new Term(5, 100), new Term(1, 50));
            case STRICT -> List.of(new Term(14, 100), new Term(7, 50));
        };
    }

    public static Optional<CancellationPolicy> of(String wire) {
        for (CancellationPolicy policy : values()) {
            if (policy.wire().equals(wire)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }

    /** Per cent of the lodging that go back; {@code daysBefore} is negative once the stay has begun. */
    public int share(long daysBefore) {
        return terms().stream()
                .filter(term -> daysBefore >= term.daysBefore())
                .mapToInt(Term::share)
                .findFirst()
                .orElse(0);
    }

    /** The part of the lodging that goes back, rounded down to whole fen. */
    public Money refund(Money lodging, long daysBefore) {
        return lodging.percent(share(daysBefore));
    }
}
