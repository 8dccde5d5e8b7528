package ihome.platform.session;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@code User-Agent} says in two words, such as {@code Chrome · Windows}: enough to know one's own devices by,
 * too little to follow anybody. What it does not know is the header's first product ({@code curl}), or nothing.
 */
public final class Device {
    private static final int LONGEST = 24;

    /** In the order in which they are sought: Edge calls itself Chrome too, and Chrome Safari. */
    private static final Map<String, String> BROWSERS = new LinkedHashMap<>();

    private static final Map<String, String> SYSTEMS = new LinkedHashMap<>();

    static {
        BROWSERS.put("MicroMessenger/", "WeChat");
        BROWSERS.put("Edg", "Edge");
        BROWSERS.put("OPR/", "Opera");
        BROWSERS.put("SamsungBrowser/", "Samsung Internet");
        BROWSERS.put("Firefox/", "Firefox");
        BROWSERS.put("FxiOS/", "Firefox");
        BROWSERS.put("CriOS/", "Chrome");
        BROWSERS.put("Chrome/", "Chrome");
        BROWSERS.put("Safari/", "Safari");
        SYSTEMS.put("iPhone", "iPhone");
        SYSTEMS.put("iPad", "iPad");
        SYSTEMS.put("Android", "Android");
        SYSTEMS.put("HarmonyOS", "HarmonyOS");
        SYSTEMS.put("Windows", "Windows");
        SYSTEMS.put("Mac OS X", "macOS");
        SYSTEMS.put("CrOS", "ChromeOS");
        SYSTEMS.put("Linux", "Linux");
    }

    private Device() {}

    /** Letters, digits, blanks and the dot in the middle; empty when nothing is known. */
    public static String of(String userAgent) {
        String browser = find(BROWSERS, userAgent);
        String system = find(SYSTEMS, userAgent);
        if (browser.isEmpty()) {
            browser = product(userAgent);
        }
        return browser.isEmpty() || system.isEmpty() ? browser + system : browser + " · " + system;
    }

    private static String find(Map<String, String> names, String userAgent) {
        return names.entrySet().stream()
                .filter(entry -> userAgent.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** The name before the first version, if that is all it is. */
    private static String product(String userAgent) {
        int end = 0;
        while (end < userAgent.length() && end < LONGEST && isPlain(userAgent.charAt(end))) {
            end++;
        }
        String name = userAgent.substring(0, end);
        return name.equals("Mozilla") ? "" : name;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || (c >= '0' && c <= '9');
    }
}
