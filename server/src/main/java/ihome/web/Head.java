package ihome.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page says of itself to search engines and to those who share it.
 *
 * @param path the page's own address, from the root
 * @param picture absolute address; null when there is none
 * @param sizes how wide the picture is shown (an {@code imagesizes}) when it is what the eye sees first; null when not
 * @param things schema.org objects (JSON-LD)
 * @param indexed whether search engines should keep the page
 */
record Head(
        Language language,
        String title,
        String description,
        String path,
        @Nullable String picture,
        @Nullable String sizes,
        List<Map<String, Object>> things,
        boolean indexed) {

    static Head of(Language language, String title, String description, String path, boolean indexed) {
        return new Head(language, title, description, path, null, null, List.of(), indexed);
    }

    Head with(@Nullable String picture, @Nullable String sizes, List<Map<String, Object>> things) {
        return new Head(language, title, description, path, picture, sizes, things, indexed);
    }

    /**
     * The tags, everything in them escaped.
     *
     * @param site its public address
     * @param siteName as readers of the language know it
     */
    String html(String site, String siteName) {
        StringBuilder out = new StringBuilder(1024);
        out.append("<title>").append(Markup.escape(title)).append("</title>\n");
        meta(out, "name", "description", description);
        if (!indexed) {
            meta(out, "name", "robots", "noindex");
        }
        out.append("    <link rel=\"canonical\" href=\"")
                .append(Markup.escape(site + path))
                .append("\" />\n");
        meta(out, "property", "og:site_name", siteName);
        meta(out, "property", "og:type", "website");
        meta(out, "property", "og:title", title);
        meta(out, "property", "og:description", description);
        meta(out, "property", "og:url", site + path);
        meta(out, "property", "og:locale", language.openGraph());
        meta(out, "name", "twitter:card", picture == null ? "summary" : "summary_large_image");
        if (picture != null) {
            meta(out, "property", "og:image", Pictures.large(picture));
        }
        if (picture != null && sizes != null) {
            preload(out, picture, sizes);
        }
        for (Map<String, Object> thing : things) {
            out.append("    <script type=\"application/ld+json\">")
                    .append(Markup.scriptJson(thing))
                    .append("</script>\n");
        }
        return out.toString();
    }

    private static void meta(StringBuilder out, String kind, String name, String content) {
        out.append("    <meta ").append(kind).append("=\"").append(name).append("\" content=\"");
        out.append(Markup.escape(content)).append("\" />\n");
    }

    private static void preload(StringBuilder out, String picture, String sizes) {
        out.append("    <link rel=\"preload\" as=\"image\" fetchpriority=\"high\" href=\"")
                .append(Markup.escape(picture))
                .append('"');
        Pictures.sources(out, picture, sizes, "imagesrcset", "imagesizes");
        out.append(" />\n");
    }
}
