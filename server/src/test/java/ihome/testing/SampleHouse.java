package ihome.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A house as a host publishes it; every value is JSON text, so that a test can send any other. */
public final class SampleHouse {
    private final Map<String, String> fields = new LinkedHashMap<>();

    private SampleHouse() {
        fields.put("title", "\"鼓楼旁的四合院\"");
        fields.put("price", "\"388.00\"");
        fields.put("address", "\"鼓楼东大街 12 号\"");
        fields.put("area_id", "1");
        fields.put("room_count", "2");
        fields.put("acreage", "60");
        fields.put("unit", "\"两室一厅\"");
        fields.put("capacity", "4");
        fields.put("beds", "\"双人床2张\"");
        fields.put("deposit", "500");
        fields.put("min_days", "1");
        fields.put("max_days", "0");
    }

    public static SampleHouse house() {
        return new SampleHouse();
    }

    public SampleHouse with(String name, Object json) {
        fields.put(name, json.toString());
        return this;
    }

    public SampleHouse without(String name) {
        fields.remove(name);
        return this;
    }

    public String json() {
        return fields.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\": " + field.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** The address of a house's first picture, as its page has it. */
    public static String firstPicture(ApiClient client, long house) {
        return client.get("/houses/" + house)
                .expect("0")
                .data()
                .path("house")
                .path("img_urls")
                .path(0)
                .asString();
    }

    /** Publishes it; the new house's id. */
    public long publish(ApiClient host) {
        return host.post("/houses", json()).expect("0").data().path("house_id").asLong();
    }
}
