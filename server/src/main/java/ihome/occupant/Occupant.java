package ihome.occupant;

import ihome.identity.Masked;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who sleeps in the house, in the clear. It prints masked.
 *
 * @param mobile null where none was given
 */
record Occupant(
        String name, IdType type, String number, @Nullable String mobile) {
    @Override
    public String toString() {
        return "Occupant[" + Masked.name(name) + " " + type + "]";
    }
}
