package ihome.web;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a page shows before the app runs: its frame, the first picture and the words, as plain HTML inside the element
 * that the app then takes over. The picture is on its way with the page itself instead of after the scripts, and whoever
 * runs no scripts still finds houses, titles, prices and links. Everything in it is escaped.
 */
final class ServerRenderedShell {
    /** Cards of a list's first frame: what a tall screen can hold. */
    private static final int CARDS = 12;

    private static final String LOGO = """
            <svg viewBox="0 0 64 64" width="32" height="32" aria-hidden="true"><path d="M4 29 32 10l28 19v5H4z" class="roof"/>\
            <path d="M12 34h40v22H12z" class="wall"/><path d="M22 38h20v18H22z" class="lamp"/>\
            <path d="M31 38h2v18h-2zM22 46h20v2H22z" class="frame"/></svg>""";

    private ServerRenderedShell() {}

    /** The home page: its slides, the first one large. */
    static String home(SiteWords words, JsonNode slides) {
        StringBuilder out = new StringBuilder(2048);
        out.append("<ul class=\"slides\">");
        boolean first = true;
        for (JsonNode house : slides) {
            out.append("<li>");
            picture(out, house.path("img_url").asString(""), first ? Pictures.SLIDE : Pictures.SMALL_SLIDE, first);
            link(out, words, house);
            out.append("</li>");
            first = false;
        }
        out.append("</ul><div class=\"page\"><h1>")
                .append(words.language().say("今晚，给你留着灯", "A light is on for you tonight"))
                .append("</h1></div>");
        return framed(words, "home", out);
    }

    /** A list: its first cards. */
    static String list(SiteWords words, String title, JsonNode houses) {
        StringBuilder out = new StringBuilder(8192);
        out.append("<div class=\"bar\"></div><div class=\"page\"><h1>");
        out.append(Markup.escape(title)).append("</h1><ul class=\"cards\">");
        int count = 0;
        for (JsonNode house : houses) {
            if (count == CARDS) {
                break;
            }
            out.append("<li>");
            picture(out, house.path("img_url").asString(""), Pictures.CARD, count < 2);
            link(out, words, house);
            out.append("</li>");
            count++;
        }
        out.append("</ul></div>");
        return framed(words, "list", out);
    }

    /** A house: its first picture, what and where it is. */
    static String house(SiteWords words, JsonNode house) {
        StringBuilder out = new StringBuilder(2048);
        out.append("<div class=\"page\">");
        picture(out, house.path("img_urls").path(0).asString(""), Pictures.HOUSE, true);
        out.append("<h1>").append(Markup.escape(house.path("title").asString("")));
        out.append("</h1><p class=\"grey\">");
        out.append(Markup.escape(house.path("address").asString("")));
        out.append("</p></div>");
        return framed(words, "house", out);
    }

    /** One of the site's own texts. */
    static String text(SiteWords words, List<SitePages.Block> blocks) {
        StringBuilder out = new StringBuilder(4096);
        out.append("<div class=\"page narrow stack\">");
        for (SitePages.Block block : blocks) {
            out.append('<').append(block.kind()).append('>').append(Markup.escape(block.text()));
            out.append("</").append(block.kind()).append('>');
        }
        out.append("</div>");
        return framed(words, "text", out);
    }

    private static String framed(SiteWords words, String view, StringBuilder content) {
        return "<div class=\"first-frame of-" + view + "\"><header class=\"top\"><div class=\"inside\">"
                + "<a href=\"/\" class=\"brand\">" + LOGO + "<span>" + Markup.escape(words.name())
                + "</span></a></div></header><main>" + content
                + "</main></div>";
    }

    private static void picture(StringBuilder out, String url, String sizes, boolean first) {
        out.append("<span class=\"photo\">");
        if (!url.isEmpty()) {
            out.append("<img alt=\"\" width=\"480\" height=\"320\" ");
            out.append(first ? "fetchpriority=\"high\"" : "loading=\"lazy\"");
            Pictures.sources(out, url, sizes, "srcset", "sizes");
            out.append(" src=\"").append(Markup.escape(url)).append("\" />");
        }
        out.append("</span>");
    }

    private static void link(StringBuilder out, SiteWords words, JsonNode house) {
        out.append("<a href=\"/houses/")
                .append(house.path("house_id").asLong(0))
                .append("\"><b>");
        out.append(Markup.escape(house.path("title").asString("")));
        out.append("</b> <span class=\"number\">")
                .append(Markup.escape(words.currency()))
                .append(Pages.yuan(house.path("price").asLong(0)));
        out.append(words.language().say("/晚", " / night")).append("</span></a>");
    }
}
