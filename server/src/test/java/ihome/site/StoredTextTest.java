package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.SamplePicture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people wrote is shown as what they wrote, in every page and answer: never as a part of the page. */
class StoredTextTest {
    private static final List<String> PAYLOADS = List.of(
            "</script><script>globalThis.broken=1</script>",
            "\"><img src=x onerror=globalThis.broken=1>",
            "'-globalThis.broken=1-'<!--<script>",
            "</title><svg/onload=globalThis.broken=1>",
            "]]><x xmlns='a'/>&amp;&lt;{{7*7}}${7*7}");

    private static final Pattern SCRIPT = Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);
    /** Elements and attributes that only a payload would have made. */
    private static final Pattern BROKEN = Pattern.compile("<script>globalThis|<img src=x|<svg/onload|<x xmlns");

    @Test
    void isShownHarmlessEverywhere() {
        try (Market market = new Market()) {
            ApiClient nobody = market.server.client();
            long plain = market.house();
            for (String payload : PAYLOADS) {
                if (payload.contains("<")) {
                    rename(market.host, shortened(payload, 32));
                    rename(market.guest, "客" + shortened(payload, 30));
                }
                long house = market.house(Map.of(
                        "title",
                        payload,
                        "address",
                        payload,
                        "unit",
                        payload,
                        "beds",
                        payload,
                        "instant_booking",
                        true));
                market.host
                        .upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg(320, 200))
                        .expect("0");
                commented(market, house, payload);
                for (String page : List.of("", "houses", "houses?aid=1", "houses/" + house, "sitemap-1.xml")) {
                    harmless(page, nobody.get("//" + page).expectStatus(200).text());
                }
                sameElements(nobody, plain, house);
                JsonNode shown = nobody.get("/houses/" + house).data().path("house");
                assertThat(shown.path("title").asString()).isEqualTo(payload.strip());
                assertThat(shown.path("comments").path(0).path("comment").asString())
                        .isEqualTo(payload.strip());
            }
        }
    }

    private static void rename(ApiClient who, String name) {
        who.put("/user/name", Json.text(Map.of("name", name))).expect("0");
    }

    private static String shortened(String text, int length) {
        return text.substring(0, Math.min(length, text.length())).strip();
    }

    private static void commented(Market market, long house, String payload) {
        var night = java.time.LocalDate.ofInstant(market.server.clock().instant(), java.time.ZoneId.of("Asia/Shanghai"))
                .plusDays(1);
        long order = Market.order(Market.book(market.guest, house, night, night.plusDays(1)));
        String pay = market.guest
                .post("/orders/" + order + "/payment", "{}")
                .expect("0")
                .data()
                .path("pay_url")
                .asString();
        var address = java.net.URI.create(pay);
        harmless(
                "the cashier's page",
                market.server
                        .client()
                        .get("/" + address.getRawPath() + "?" + address.getRawQuery())
                        .text());
        market.pay(order, "paid-" + order);
        market.server.advance(Duration.ofDays(3));
        market.guest
                .put("/orders/" + order + "/comment", Json.text(Map.of("comment", payload)))
                .expect("0");
        market.host
                .put("/orders/" + order + "/reply", Json.text(Map.of("reply", payload)))
                .expect("0");
    }

    private static void harmless(String page, String html) {
        assertThat(BROKEN.matcher(html).results().map(found -> found.group()).toList())
                .as(page)
                .isEmpty();
        Matcher scripts = SCRIPT.matcher(html);
        while (scripts.find()) {
            assertThat(scripts.group(2)).as(page).doesNotContain("<", "\u2028");
            if (scripts.group(1).contains("json")) {
                assertThat(isJson(scripts.group(2))).as(page + scripts.group(2)).isTrue();
            }
        }
    }

    private static boolean isJson(String text) {
        try {
            Json.parse(text);
            return true;
        } catch (Json.MalformedJson e) {
            return false;
        }
    }

    /** The page of a house has the same elements whatever its texts are. */
    private static void sameElements(ApiClient nobody, long plain, long house) {
        List<String> expected = elements(nobody.get("//houses/" + plain).text());
        List<String> actual = elements(nobody.get("//houses/" + house).text());
        actual.removeIf(element -> element.equals("img") || element.equals("link") || element.equals("meta"));
        expected.removeIf(element -> element.equals("img") || element.equals("link") || element.equals("meta"));
        assertThat(actual).isEqualTo(expected);
    }

    private static List<String> elements(String html) {
        List<String> names = new ArrayList<>();
        Matcher tags = Pattern.compile("<([a-zA-Z][a-zA-Z0-9]*)[ >/]")
                .matcher(SCRIPT.matcher(html).replaceAll("<script >"));
        while (tags.find()) {
            names.add(tags.group(1));
        }
        return names;
    }
}
