package ihome.web;

/**
 * In which widths a picture is offered to a page, and how wide the app shows it: the same words as in the app's Photo
 * parts, so that what is fetched first is what is shown. A phone takes the small file for its first sight, 20 KB instead
 * of 90: on a mobile line that is half a second.
 */
final class Pictures {
    static final String CARD = "(min-width: 1200px) 280px, (min-width: 768px) 45vw, 46vw";
    static final String SLIDE = "(min-width: 768px) 600px, 46vw";
    static final String SMALL_SLIDE = "(min-width: 768px) 290px, 46vw";
    static final String HOUSE = "(min-width: 768px) 760px, 46vw";

    private Pictures() {}

    /** Adds the attributes of a picture's widths; nothing where its name does not tell them. */
    static void sources(StringBuilder out, String picture, String sizes, String set, String shown) {
        if (!picture.endsWith("_480.jpg") && !picture.endsWith("_1280.jpg")) {
            return;
        }
        out.append(' ').append(set).append("=\"").append(Markup.escape(small(picture)));
        out.append(" 480w, ").append(Markup.escape(large(picture))).append(" 1280w\" ");
        out.append(shown).append("=\"").append(sizes).append('"');
    }

    static String small(String picture) {
        return picture.replaceFirst("_1280\\.jpg$", "_480.jpg");
    }

    static String large(String picture) {
        return picture.replaceFirst("_480\\.jpg$", "_1280.jpg");
    }
}
