package ihome.importing;

import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Facilities of this site (table {@code facility}), recognised in the file's list of amenities. */
enum Amenity {
    WIFI(1, "wifi|wireless internet"),
    HOT_WATER(2, "hot water"),
    AIR_CONDITIONING(3, "(?<!no )(air conditioning|ac - |central air)"),
    HEATING(4, "heating"),
    SMOKING(5, "smoking allowed"),
    SOAP(8, "body soap"),
    TOILET_PAPER(10, "essentials|toilet paper"),
    TOWELS(11, "essentials|towels"),
    SHAMPOO(12, "shampoo|shower gel"),
    FRIDGE(13, "refrigerator|fridge"),
    WASHER(14, "(?<!dish)washer(?! nearby)"),
    ELEVATOR(15, "elevator"),
    KITCHEN(16, "kitchen(?!ette fees)"),
    PETS(17, "pets allowed"),
    EVENTS(18, "events allowed|suitable for events"),
    PARKING(20, "free (.*)parking|parking on premises"),
    ETHERNET(21, "ethernet"),
    TELEVISION(22, "\\b(tv|hdtv)\\b"),
    BATHTUB(23, "bathtub");

    private final int facility;
    private final Pattern pattern;

    Amenity(int facility, String pattern) {
        this.facility = facility;
        this.pattern = Pattern.compile(pattern);
    }

    /**
     * Ids of the facilities in a list written as {@code ["Wifi", "TV"]} or {@code {Wifi,"Air conditioning"}}; what is
     * not known is left out.
     */
    static SortedSet<Integer> facilities(String list) {
        SortedSet<Integer> found = new TreeSet<>();
        for (String item : list.toLowerCase(Locale.ROOT).split("[\\[\\]{}\",]+", -1)) {
            for (Amenity amenity : values()) {
                if (!item.isBlank() && amenity.pattern.matcher(item).find()) {
                    found.add(amenity.facility);
                }
            }
        }
        return found;
    }
}
