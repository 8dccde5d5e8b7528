package ihome.web;

import ihome.platform.http.Request;
import ihome.siteconfig.SiteFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the site says of itself, to a reader of one language. */
record SiteWords(SiteFile site, Language language) {
    /** Larger tables are left out of pages: names then stay as they are. */
    private static final int MOST_NAMES = 300;

    static SiteWords of(SiteFile site, Request request) {
        return new SiteWords(site, Language.of(request, site.settings().languages()));
    }

    String name() {
        return language.say(site.settings().name(), site.settings().nameEnglish());
    }

    String slogan() {
        return language.say(site.settings().slogan(), site.settings().sloganEnglish());
    }

    String currency() {
        return site.settings().currency();
    }

    /** The city where there is one; a word for all of them. */
    String place() {
        return site.cities().size() == 1 ? name(site.cities().getFirst()) : language.say("各地", "many cities");
    }

    private String name(SiteFile.City city) {
        return language.say(city.name(), city.nameEnglish());
    }

    /** The name of an area or, where none is asked for, of a city, by their ids as they stand in the address. */
    Optional<String> place(Map<String, String> query) {
        for (SiteFile.City city : site.cities()) {
            for (SiteFile.Area area : city.areas()) {
                if (Integer.toString(area.id()).equals(query.get("aid"))) {
                    return Optional.of(language.say(area.name(), area.nameEnglish()));
                }
            }
            if (!query.containsKey("aid") && Integer.toString(city.id()).equals(query.get("city"))) {
                return Optional.of(name(city));
            }
        }
        return Optional.empty();
    }

    /**
     * The city whose areas a page offers: the only one, or the one that the address names by its id or by an area's. Empty
     * where none of several is chosen.
     */
    Optional<Integer> city(Request request) {
        String city = request.query("city").orElse("");
        String area = request.query("aid").orElse("");
        return site.cities().stream()
                .filter(each -> site.cities().size() == 1
                        || Integer.toString(each.id()).equals(city)
                        || (city.isEmpty()
                                && each.areas().stream()
                                        .anyMatch(one ->
                                                Integer.toString(one.id()).equals(area))))
                .map(SiteFile.City::id)
                .findFirst();
    }

    /** For the app, which shows the rest of the page in either language. */
    Map<String, Object> forApp() {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("language", language.code());
        told.put("languages", site.settings().languages());
        told.put("name", site.settings().name());
        told.put("name_en", site.settings().nameEnglish());
        told.put("slogan", site.settings().slogan());
        told.put("slogan_en", site.settings().sloganEnglish());
        told.put("currency", site.settings().currency());
        List<Map<String, Object>> cities = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (SiteFile.City city : site.cities()) {
            cities.add(Map.of(
                    "city_id", city.id(),
                    "name", city.name(),
                    "name_en", city.nameEnglish(),
                    "latitude", city.latitude(),
                    "longitude", city.longitude()));
            city.areas().stream()
                    .filter(area -> !area.name().equals(area.nameEnglish()))
                    .forEach(area -> names.put(area.name(), area.nameEnglish()));
        }
        told.put("cities", cities);
        told.put("area_names", names.size() > MOST_NAMES ? Map.of() : names);
        told.put(
                "facilities",
                site.facilities().stream()
                        .map(each -> Map.of("id", each.id(), "name", each.name(), "name_en", each.nameEnglish()))
                        .toList());
        return told;
    }
}
