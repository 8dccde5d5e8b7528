/** Who sleeps in the house: named by the guest of an order, kept encrypted and not for long, exported for the local register. */
@NullMarked
package ihome.occupant;

import org.jspecify.annotations.NullMarked;
