package ihome.booking;

import ihome.stay.HouseTimes;
import org.jspecify.annotations.Nullable;

/**
 * A house as an order shows it, whatever becomes of the house: frozen when the order is placed.
 *
 * @param address where the guest goes; empty once the host's account is erased
 * @param mainImage key of the picture that the house showed first; null where it showed none
 * @param times by which the guests come and go
 * @param rules house rules; empty where there were none, and once the host's account is erased
 */
record Sold(String title, String address, @Nullable String mainImage, HouseTimes times, String rules) {}
