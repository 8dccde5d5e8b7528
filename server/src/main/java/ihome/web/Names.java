package ihome.web;

import ihome.platform.json.Json;
import ihome.platform.responsecache.CachedResponse;
import java.util.HashMap;
import java.util.Map;

/** Names of areas in English: the app's own table ({@code names.json}), so that both say the same. */
record Names(Map<String, String> areas) {
    Names {
        areas = Map.copyOf(areas);
    }

    /** From the files of the app; without the table every name stays as it is. */
    static Names of(WebFiles files) {
        Map<String, String> areas = new HashMap<>();
        byte[] table = files.find("names.json").map(CachedResponse::body).orElse(null);
        if (table != null) {
            try {
                Json.parse(table)
                        .path("areas")
                        .properties()
                        .forEach(
                                each -> areas.put(each.getKey(), each.getValue().asString(each.getKey())));
            } catch (Json.MalformedJson e) {
                throw new IllegalStateException("the web app's names.json is malformed", e);
            }
        }
        return new Names(areas);
    }

    /** An area's name for readers of that language; one that is not in the table stays as it is. */
    String area(Language language, String name) {
        return language.say(name, areas.getOrDefault(name, name));
    }
}
