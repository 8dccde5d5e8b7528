package ihome.siteconfig;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What applying a file changes, and what forbids it. */
final class SitePlan {
    /** An area and the city that it lies in. */
    record Placed(int city, SiteFile.Area area) {}

    /** What is added, changed and removed of one kind. */
    record Difference(List<Integer> added, List<Integer> changed, List<Integer> removed) {
        boolean isNone() {
            return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
        }

        /** Those whose names are free for others. */
        List<Integer> changedOrRemoved() {
            return Stream.concat(changed.stream(), removed.stream()).toList();
        }

        private static <T> Difference of(Map<Integer, T> before, Map<Integer, T> after) {
            return new Difference(
                    after.keySet().stream()
                            .filter(id -> !before.containsKey(id))
                            .toList(),
                    after.keySet().stream()
                            .filter(id -> before.containsKey(id) && !Objects.equals(before.get(id), after.get(id)))
                            .toList(),
                    before.keySet().stream()
                            .filter(id -> !after.containsKey(id))
                            .toList());
        }
    }

    final Map<Integer, Placed> areas;
    final Difference cityChanges;
    final Difference areaChanges;
    final Difference facilityChanges;
    final boolean otherOrder;
    final boolean otherSettings;
    /** Whether pages of houses show another name of an area after it. */
    final boolean renamesWhatHousesShow;

    private final List<String> mistakes = new ArrayList<>();

    SitePlan(SiteFile before, SiteFile after, Map<Integer, Integer> housesByArea, Map<Integer, Integer> byFacility) {
        Map<Integer, Placed> areasBefore = areas(before);
        this.areas = areas(after);
        this.cityChanges = Difference.of(cities(before), cities(after));
        this.areaChanges = Difference.of(areasBefore, areas);
        Map<Integer, SiteFile.Facility> facilitiesBefore = facilities(before);
        this.facilityChanges = Difference.of(facilitiesBefore, facilities(after));
        this.otherSettings = !before.settings().equals(after.settings());
        this.otherOrder = !order(before, after).equals(order(after, before));
        boolean renames = false;
        for (int id : areaChanges.changed()) {
            Placed old = Objects.requireNonNull(areasBefore.get(id));
            Placed now = Objects.requireNonNull(areas.get(id));
            int houses = housesByArea.getOrDefault(id, 0);
            if (houses > 0 && old.city() != now.city()) {
                mistakes.add("area " + id + " (" + old.area().name() + ") has " + houses
                        + " houses: it cannot go from city " + old.city() + " to city " + now.city());
            }
            renames |= houses > 0 && !old.area().name().equals(now.area().name());
        }
        this.renamesWhatHousesShow = renames;
        areasBefore.forEach((id, old) -> {
            if (!areas.containsKey(id) && housesByArea.containsKey(id)) {
                mistakes.add("area " + id + " (" + old.area().name() + ") has " + housesByArea.get(id)
                        + " houses: it cannot be left out");
            }
        });
        facilitiesBefore.forEach((id, old) -> {
            if (facilityChanges.removed().contains(id) && byFacility.containsKey(id)) {
                mistakes.add("facility " + id + " (" + old.name() + ") is one of " + byFacility.get(id)
                        + " houses: it cannot be left out");
            }
        });
    }

    private static Map<Integer, Placed> areas(SiteFile file) {
        Map<Integer, Placed> areas = new LinkedHashMap<>();
        file.cities().forEach(city -> city.areas().forEach(area -> areas.put(area.id(), new Placed(city.id(), area))));
        return areas;
    }

    private static Map<Integer, SiteFile.City> cities(SiteFile file) {
        Map<Integer, SiteFile.City> cities = new LinkedHashMap<>();
        file.cities().forEach(city -> cities.put(city.id(), city.alone()));
        return cities;
    }

    private static Map<Integer, SiteFile.Facility> facilities(SiteFile file) {
        Map<Integer, SiteFile.Facility> facilities = new LinkedHashMap<>();
        file.facilities().forEach(facility -> facilities.put(facility.id(), facility));
        return facilities;
    }

    /** The ids of the one's cities that the other has too. */
    private static List<Integer> order(SiteFile one, SiteFile other) {
        Map<Integer, SiteFile.City> others = cities(other);
        return one.cities().stream()
                .map(SiteFile.City::id)
                .filter(others::containsKey)
                .toList();
    }

    /** What forbids it; empty where nothing does. */
    List<String> mistakes() {
        return mistakes;
    }

    boolean isNothing() {
        return !otherSettings && !changesPlaces() && facilityChanges.isNone();
    }

    boolean changesPlaces() {
        return otherOrder || !cityChanges.isNone() || !areaChanges.isNone();
    }

    /** In a sentence for people. */
    String text() {
        if (isNothing()) {
            return "nothing to change";
        }
        return "cities: " + text(cityChanges) + (otherOrder ? ", another order" : "") + "; areas: " + text(areaChanges)
                + "; facilities: " + text(facilityChanges) + (otherSettings ? "; other settings" : "");
    }

    private static String text(Difference difference) {
        return difference.added().size() + " added, " + difference.changed().size() + " changed, "
                + difference.removed().size() + " removed";
    }
}
