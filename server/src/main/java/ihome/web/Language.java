package ihome.web;

import ihome.platform.http.Request;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The language of a page before the app runs: Chinese is the site's own, English for everybody else. */
enum Language {
    CHINESE("zh", "zh-CN", "zh_CN"),
    ENGLISH("en", "en", "en_US");

    /** The cookie in which the app keeps what somebody chose on this device. */
    private static final String COOKIE = "lang=";

    private final String code;
    private final String tag;
    private final String openGraph;

    Language(String code, String tag, String openGraph) {
        this.code = code;
        this.tag = tag;
        this.openGraph = openGraph;
    }

    /** {@code zh} or {@code en}, as the app calls it. */
    String code() {
        return code;
    }

    /** For the attribute {@code lang} (BCP 47). */
    String tag() {
        return tag;
    }

    /** For {@code og:locale}. */
    String openGraph() {
        return openGraph;
    }

    String say(String chinese, String english) {
        return this == ENGLISH ? english : chinese;
    }

    /**
     * What was chosen on this device before, else what the browser asks for.
     *
     * @param spoken the codes of those that the site speaks
     */
    static Language of(Request request, List<String> spoken) {
        Language wanted = chosen(request.header("Cookie").orElse(""))
                .orElseGet(() -> preferred(request.header("Accept-Language").orElse("")));
        return spoken.contains(wanted.code) ? wanted : spoken.contains(CHINESE.code) ? CHINESE : ENGLISH;
    }

    private static Optional<Language> chosen(String cookies) {
        for (String cookie : cookies.split(";", 64)) {
            String word = cookie.strip();
            if (word.equals(COOKIE + CHINESE.code)) {
                return Optional.of(CHINESE);
            }
            if (word.equals(COOKIE + ENGLISH.code)) {
                return Optional.of(ENGLISH);
            }
        }
        return Optional.empty();
    }

    /**
     * The better wanted of the two by {@code Accept-Language} (RFC 9110, 12.5.4). A browser that asks for neither gets
     * English, which more of its readers know; one that asks for nothing gets Chinese.
     */
    static Language preferred(String header) {
        double chinese = -1;
        double english = -1;
        boolean others = false;
        for (String range : header.split(",", 32)) {
            String[] parts = range.strip().toLowerCase(Locale.ROOT).split(";", 4);
            String tag = parts[0].strip();
            double weight = weight(parts);
            if (tag.equals("zh") || tag.startsWith("zh-")) {
                chinese = Math.max(chinese, weight);
            } else if (tag.equals("en") || tag.startsWith("en-")) {
                english = Math.max(english, weight);
            } else if (!tag.isEmpty() && !tag.equals("*") && weight > 0) {
                others = true;
            }
        }
        if (chinese <= 0 && english <= 0) {
            return others ? ENGLISH : CHINESE;
        }
        return english > chinese ? ENGLISH : CHINESE;
    }

    private static double weight(String[] parts) {
        for (int at = 1; at < parts.length; at++) {
            String parameter = parts[at].strip();
            if (parameter.startsWith("q=")) {
                try {
                    double weight = Double.parseDouble(parameter.substring(2));
                    return weight >= 0 && weight <= 1 ? weight : 0;
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
