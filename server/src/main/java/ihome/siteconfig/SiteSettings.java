package ihome.siteconfig;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a site says of itself, and in what it counts.
 *
 * @param name in Chinese
 * @param slogan a sentence for search engines and the foot of pages, in Chinese
 * @param languages of pages: {@code zh}, {@code en} or both; the first one is for readers who ask for none of them
 * @param currency stands before an amount; amounts stay whole hundredths
 * @param zone of the site's dates, for nodes that start from now on; null: the program's default
 * @param feePercent the platform's part of what hosts earn, for nodes that start from now on; null: the program's default
 */
public record SiteSettings(
        String name,
        String nameEnglish,
        String slogan,
        String sloganEnglish,
        List<String> languages,
        String currency,
        @Nullable ZoneId zone,
        @Nullable Integer feePercent) {
    /** What a new site says. */
    public static final SiteSettings DEFAULT = new SiteSettings(
            "爱家",
            "iHome",
            "爱家：北京胡同、公寓与民宿短租，总价提前看清，日期不会出错。",
            "iHome: courtyard homes, apartments and guesthouses in Beijing. See the full price up front and book dates"
                    + " you can rely on.",
            List.of("zh", "en"),
            "¥",
            null,
            null);

    /** Currencies that mean CNY. */
    public static final List<String> YUAN = List.of("¥", "￥", "元", "CNY");

    public SiteSettings {
        languages = List.copyOf(languages);
    }

    /** What stands before an amount, as the database has it. */
    public static String currency(Handle tx) {
        return new SiteStore().setting(tx, "currency").orElse(DEFAULT.currency);
    }

    /** As rows of {@code site_setting}: what differs from the default. */
    Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("name", name);
        rows.put("name_en", nameEnglish);
        rows.put("slogan", slogan);
        rows.put("slogan_en", sloganEnglish);
        rows.put("languages", String.join(",", languages));
        rows.put("currency", currency);
        DEFAULT.removeFrom(rows);
        if (zone != null) {
            rows.put("zone", zone.getId());
        }
        if (feePercent != null) {
            rows.put("fee_percent", feePercent.toString());
        }
        return rows;
    }

    /** Takes its own values out of the rows. */
    private void removeFrom(Map<String, String> rows) {
        rows.remove("name", name);
        rows.remove("name_en", nameEnglish);
        rows.remove("slogan", slogan);
        rows.remove("slogan_en", sloganEnglish);
        rows.remove("languages", String.join(",", languages));
        rows.remove("currency", currency);
    }

    static SiteSettings of(Map<String, String> rows) {
        String zone = rows.get("zone");
        String fee = rows.get("fee_percent");
        return new SiteSettings(
                rows.getOrDefault("name", DEFAULT.name),
                rows.getOrDefault("name_en", DEFAULT.nameEnglish),
                rows.getOrDefault("slogan", DEFAULT.slogan),
                rows.getOrDefault("slogan_en", DEFAULT.sloganEnglish),
                List.of(rows.getOrDefault("languages", String.join(",", DEFAULT.languages))
                        .split(",", 2)),
                rows.getOrDefault("currency", DEFAULT.currency),
                zone == null ? null : ZoneId.of(zone),
                fee == null ? null : Integer.valueOf(fee));
    }
}
