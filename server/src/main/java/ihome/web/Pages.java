package ihome.web;

import ihome.platform.http.Handler;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.json.Json;
import ihome.platform.problem.BusinessException;
import ihome.platform.problem.Errno;
import ihome.siteconfig.CurrentSite;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The app's page for an address: head tags for those who do not run it, and the answers that its first view will ask
 * for, so that it needs no second round. An answer that fails is left out, and the app asks again itself.
 */
final class Pages {
    private static final Logger log = LoggerFactory.getLogger(Pages.class);
    private static final String API = "/api/v1.0";
    private static final String CHINESE_PAGE = "<html lang=\"zh-CN\">";
    /** The order in which the app writes its search into the API's address. */
    private static final List<String> SEARCH = List.of("aid", "city", "sd", "ed", "guests", "pmin", "pmax", "facility");

    private static final int DESCRIBED = 10;

    private final String site;
    private final ZoneId zone;
    private final LocalTime tonightUntil;
    private final CurrentSite current;
    private final SitePages texts;
    private final Handler slides;
    private final Handler areas;
    private final Handler houses;
    private final Handler house;
    private final Function<String, String> scripts;
    private final String beforeHead;
    private final String betweenHeadAndFrame;
    private final String betweenFrameAndFirst;
    private final String afterFirst;

    /** A page ready to be sent. */
    record Page(int status, String html) {}

    /**
     * @param site the public address, without a slash at its end
     * @param zone the site's, in which the app shows days and times
     * @param tonightUntil from that time of the day on no house can be booked for tonight
     * @param current what the site says of itself
     * @param texts terms, privacy, help, imprint
     * @param routes the API, by path
     * @param template index.html with its marks: comments {@code head}, {@code /head}, {@code frame} and {@code first}
     * @param scripts tags that fetch the files of a view of the app, by the view's name; empty for one without files
     */
    Pages(
            String site,
            ZoneId zone,
            LocalTime tonightUntil,
            CurrentSite current,
            SitePages texts,
            Map<String, Handler> routes,
            String template,
            Function<String, String> scripts) {
        this.site = site;
        this.zone = zone;
        this.tonightUntil = tonightUntil;
        this.current = current;
        this.texts = texts;
        this.scripts = scripts;
        this.slides = route(routes, "/houses/index");
        this.areas = route(routes, "/areas");
        this.houses = route(routes, "/houses");
        this.house = route(routes, "/houses/{house_id}");
        int head = template.indexOf("<!--head-->");
        int headEnd = template.indexOf("<!--/head-->");
        int frame = template.indexOf("<!--frame-->");
        int first = template.indexOf("<!--first-->");
        if (head < 0 || headEnd < head || frame < headEnd || first < frame) {
            throw new IllegalStateException("the web app's index.html lacks its marks");
        }
        this.beforeHead = template.substring(0, head);
        this.betweenHeadAndFrame = template.substring(headEnd + "<!--/head-->".length(), frame);
        this.betweenFrameAndFirst = template.substring(frame + "<!--frame-->".length(), first);
        this.afterFirst = template.substring(first + "<!--first-->".length());
    }

    private static Handler route(Map<String, Handler> routes, String path) {
        Handler handler = routes.get(API + path);
        if (handler == null) {
            throw new IllegalStateException("no route " + path);
        }
        return handler;
    }

    /** A page that depends on who looks at it, or on nothing. */
    Page plain(Request request, Title title, String path) {
        SiteWords words = SiteWords.of(current.get(), request);
        return page(200, words, head(words, title, path, false), "", "", Map.of());
    }

    /** What a page is called, in both languages. */
    record Title(String chinese, String english) {}

    /** With the site's name after the title, and with its slogan. */
    private static Head head(SiteWords words, Title title, String path, boolean indexed) {
        String name = words.language().say(title.chinese(), title.english()) + " · " + words.name();
        return Head.of(words.language(), name, words.slogan(), path, indexed);
    }

    /** For an address that is no page's. */
    Page lost(Request request) {
        SiteWords words = SiteWords.of(current.get(), request);
        Head head = head(words, new Title("没有这个页面", "Page not found"), "/", false);
        return page(404, words, head, "", "LostView", Map.of());
    }

    /** One of the site's own texts, which the app takes out of the page. */
    Page text(Request request, String name, Title title) {
        SiteWords words = SiteWords.of(current.get(), request);
        List<SitePages.Block> blocks = texts.read(name, words.language());
        Head head = head(words, title, "/" + name, true);
        return page(200, words, head, ServerRenderedShell.text(words, blocks), "TextView", Map.of("text", blocks));
    }

    Page home(Request request) {
        Map<String, Object> first = new LinkedHashMap<>();
        Optional<JsonNode> shown = ask(first, API + "/houses/index", slides, request.to(Map.of(), Map.of()));
        SiteWords words = SiteWords.of(current.get(), request);
        askAreas(first, words, request);
        String picture = shown.map(
                        answer -> answer.path("data").path(0).path("img_url").asString(""))
                .orElse("");
        Map<String, Object> thing = thing("WebSite", "name", words.name(), "url", site + "/");
        String title = words.name() + " · " + words.language().say(words.place() + "短租", "Stays in " + words.place());
        Head head = Head.of(words.language(), title, words.slogan(), "/", true)
                .with(picture.isEmpty() ? null : picture, Pictures.SLIDE, List.of(thing));
        String frame = shown.map(answer -> ServerRenderedShell.home(words, answer.path("data")))
                .orElse("");
        return page(200, words, head, frame, "", first);
    }

    Page list(Request request) {
        Map<String, String> query = new LinkedHashMap<>();
        SEARCH.forEach(name -> request.query(name).ifPresent(value -> query.put(name, value)));
        if (query.containsKey("aid")) {
            query.remove("city"); // its area says it
        }
        query.put("sk", request.query("sk").orElse("booking"));
        StringBuilder address = new StringBuilder(API + "/houses");
        char before = '?';
        for (Map.Entry<String, String> each : query.entrySet()) {
            address.append(before).append(each.getKey()).append('=').append(each.getValue());
            before = '&';
        }
        Map<String, Object> first = new LinkedHashMap<>();
        Optional<JsonNode> found = ask(first, address.toString(), houses, request.to(Map.of(), query));
        found.flatMap(answer -> total(answer.path("data"), query, request))
                .ifPresent(total -> first.put("total", total));
        SiteWords words = SiteWords.of(current.get(), request);
        askAreas(first, words, request);
        Language language = words.language();
        Optional<String> chosen = words.place(query);
        String place = chosen.orElse(words.place());
        String path = query.containsKey("aid")
                ? "/houses?aid=" + query.get("aid")
                : query.containsKey("city") ? "/houses?city=" + query.get("city") : "/houses";
        List<Map<String, Object>> things = new ArrayList<>();
        found.ifPresent(answer -> things.add(itemList(answer.path("data").path("houses"))));
        Head head = Head.of(
                language,
                language.say(place + "短租房源", "Stays in " + place) + " · " + words.name(),
                language.say(
                        place + "的短租房源，按日期查空房，总价先看清。",
                        "Short-term stays in " + place
                                + ": see which are free on your dates, and the full price up front."),
                path,
                true);
        JsonNode answer = found.orElse(Json.object());
        String picture =
                answer.path("data").path("houses").path(0).path("img_url").asString("");
        String heading = chosen.map(name -> language.say(name + "的房源", "Stays in " + name))
                .orElse(language.say("找房", "Find a stay"));
        return page(
                200,
                words,
                head.with(picture.isEmpty() ? null : picture, Pictures.CARD, things),
                ServerRenderedShell.list(words, heading, answer.path("data").path("houses")),
                "ListView",
                first);
    }

    Page house(Request request) {
        String id = request.path("id");
        Map<String, Object> first = new LinkedHashMap<>();
        Map<String, String> path = Map.of("house_id", id);
        Optional<JsonNode> found = ask(first, API + "/houses/" + id, house, request.to(path, Map.of()));
        SiteWords words = SiteWords.of(current.get(), request);
        if (found.isEmpty()) {
            Head head = head(words, new Title("房源", "Stay"), "/houses/" + id, false);
            return page(200, words, head, "", "HouseView", first);
        }
        JsonNode answer = found.get();
        if (answer.path("errno").asString("").equals(Errno.NODATA.code())) {
            Head head = head(words, new Title("房源不存在", "No such stay"), "/houses/" + id, false);
            return page(404, words, head, "", "HouseView", first);
        }
        JsonNode shown = answer.path("data").path("house");
        String title = shown.path("title").asString("");
        String picture = shown.path("img_urls").path(0).asString("");
        String description = words.language()
                .say("%s，%s，可住 %d 人，%s%s 一晚。", "%s, %s. Sleeps %d, %s%s per night.")
                .formatted(
                        shown.path("address").asString(""),
                        shown.path("unit").asString(""),
                        shown.path("capacity").asInt(0),
                        words.currency(),
                        yuan(shown.path("price").asLong(0)));
        Head head = Head.of(words.language(), title + " · " + words.name(), description, "/houses/" + id, true)
                .with(
                        picture.isEmpty() ? null : picture,
                        Pictures.HOUSE,
                        List.of(lodging(shown, id, description, words.currency())));
        return page(200, words, head, ServerRenderedShell.house(words, shown), "HouseView", first);
    }

    /** How many houses fit in all, which the last page tells; empty when that failed. */
    private Optional<Long> total(JsonNode found, Map<String, String> query, Request request) {
        int pages = found.path("total_page").asInt(0);
        long size = found.path("houses").size();
        if (pages <= 1) {
            return Optional.of(size);
        }
        Map<String, String> last = new LinkedHashMap<>(query);
        last.put("p", Integer.toString(pages));
        return ask(new LinkedHashMap<>(), API + "/houses", houses, request.to(Map.of(), last))
                .map(answer ->
                        size * (pages - 1) + answer.path("data").path("houses").size());
    }

    /** Asks the API in the viewer's name and keeps the answer under its address; empty when it failed. */
    private static Optional<JsonNode> ask(Map<String, Object> first, String address, Handler handler, Request request) {
        try {
            Response answer = handler.handle(request);
            JsonNode body = Json.parse(answer.body());
            first.put(address, body);
            return Optional.of(body);
        } catch (BusinessException refusal) {
            JsonNode body = Json.object().put("errno", refusal.errno().code()).put("errmsg", refusal.message());
            first.put(address, body);
            return Optional.of(body);
        } catch (Json.MalformedJson | RuntimeException e) {
            log.warn(
                    "a page goes without {}: {}",
                    address.replaceFirst("\\?.*", ""),
                    e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** The areas to choose from, as the app will ask for them; none while one of several cities is still to be chosen. */
    private void askAreas(Map<String, Object> first, SiteWords words, Request request) {
        words.city(request)
                .map(id -> Integer.toString(id))
                .ifPresent(
                        id -> ask(first, API + "/areas?city=" + id, areas, request.to(Map.of(), Map.of("city", id))));
    }

    private Map<String, Object> itemList(JsonNode houses) {
        List<Object> items = new ArrayList<>();
        for (JsonNode each : houses) {
            if (items.size() == DESCRIBED) {
                break;
            }
            String url = site + "/houses/" + each.path("house_id").asLong(0);
            items.add(Map.of(
                    "@type",
                    "ListItem",
                    "position",
                    items.size() + 1,
                    "url",
                    url,
                    "name",
                    each.path("title").asString("")));
        }
        return thing("ItemList", "itemListElement", items);
    }

    private Map<String, Object> lodging(JsonNode house, String id, String description, String currency) {
        List<String> pictures = new ArrayList<>();
        house.path("img_urls").forEach(picture -> pictures.add(picture.asString("")));
        Map<String, Object> thing =
                thing("VacationRental", "name", house.path("title").asString(""));
        thing.put("description", description);
        thing.put("url", site + "/houses/" + id);
        thing.put("image", pictures);
        thing.put(
                "address",
                thing("PostalAddress", "streetAddress", house.path("address").asString("")));
        if (house.path("latitude").isNumber() && house.path("longitude").isNumber()) {
            thing.put(
                    "geo",
                    thing(
                            "GeoCoordinates",
                            "latitude",
                            house.path("latitude").decimalValue(),
                            "longitude",
                            house.path("longitude").decimalValue()));
        }
        thing.put("priceRange", currency + yuan(house.path("price").asLong(0)));
        if (house.path("rating").isNumber() && house.path("rating_count").asInt(0) > 0) {
            thing.put(
                    "aggregateRating",
                    thing(
                            "AggregateRating",
                            "ratingValue",
                            house.path("rating").decimalValue(),
                            "ratingCount",
                            house.path("rating_count").asInt(0)));
        }
        return thing;
    }

    /** A schema.org object of alternating names and values. */
    private static Map<String, Object> thing(String type, Object... properties) {
        Map<String, Object> thing = new LinkedHashMap<>();
        thing.put("@context", "https://schema.org");
        thing.put("@type", type);
        for (int at = 0; at < properties.length; at += 2) {
            thing.put((String) properties[at], properties[at + 1]);
        }
        return thing;
    }

    static String yuan(long fen) {
        return fen % 100 == 0 ? Long.toString(fen / 100) : "%d.%02d".formatted(fen / 100, fen % 100);
    }

    private Page page(int status, SiteWords words, Head head, String frame, String view, Map<String, Object> first) {
        StringBuilder html = new StringBuilder(16_384);
        html.append(beforeHead.replace(
                CHINESE_PAGE, "<html lang=\"" + words.language().tag() + "\">"));
        html.append(head.html(site, words.name())).append(scripts.apply(view));
        // The app's English words are a file of their own.
        html.append(words.language() == Language.ENGLISH ? scripts.apply("en") : "");
        html.append(betweenHeadAndFrame).append(frame).append(betweenFrameAndFirst);
        Map<String, Object> told = words.forApp();
        told.put("zone", zone.getId());
        told.put("tonight_until", tonightUntil.toString());
        html.append("<script type=\"application/json\" id=\"site\">")
                .append(Markup.scriptJson(told))
                .append("</script>");
        if (!first.isEmpty()) {
            html.append("<script type=\"application/json\" id=\"first\">")
                    .append(Markup.scriptJson(first))
                    .append("</script>");
        }
        html.append(afterFirst);
        return new Page(status, html.toString());
    }
}
