package ihome.importing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Beijing's sixteen districts, as listings files name them. */
enum District {
    DONGCHENG("东城", Surroundings.OLD_CITY),
    XICHENG("西城", Surroundings.OLD_CITY),
    CHAOYANG("朝阳", Surroundings.CITY),
    HAIDIAN("海淀", Surroundings.CITY),
    FENGTAI("丰台", Surroundings.CITY),
    SHIJINGSHAN("石景山", Surroundings.CITY),
    TONGZHOU("通州", Surroundings.CITY),
    DAXING("大兴", Surroundings.CITY),
    SHUNYI("顺义", Surroundings.CITY),
    CHANGPING("昌平", Surroundings.HILLS),
    FANGSHAN("房山", Surroundings.HILLS),
    MENTOUGOU("门头沟", Surroundings.HILLS),
    HUAIROU("怀柔", Surroundings.HILLS),
    PINGGU("平谷", Surroundings.HILLS),
    MIYUN("密云", Surroundings.HILLS),
    YANQING("延庆", Surroundings.HILLS);

    private static final Map<String, District> BY_NAME = new HashMap<>();

    static {
        for (District district : values()) {
            BY_NAME.put(district.stem, district);
            BY_NAME.put(district.name().toLowerCase(Locale.ROOT), district);
        }
        // Merged into their neighbours in 2010.
        BY_NAME.put("崇文", DONGCHENG);
        BY_NAME.put("chongwen", DONGCHENG);
        BY_NAME.put("宣武", XICHENG);
        BY_NAME.put("xuanwu", XICHENG);
    }

    private final String stem;
    private final Surroundings surroundings;

    District(String stem, Surroundings surroundings) {
        this.stem = stem;
        this.surroundings = surroundings;
    }

    /** As the table {@code area} names it. */
    String areaName() {
        return stem + "区";
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** Reads "朝阳区", "密云县 / Miyun", "Chaoyang", "Chaoyang District"; null for anything else. */
    static @Nullable District find(String text) {
        for (String part : text.split("/", -1)) {
            String name = part.strip().toLowerCase(Locale.ROOT);
            District district = BY_NAME.get(name.replaceFirst("([区县]| district| qu| county)$", ""));
            if (district != null) {
                return district;
            }
        }
        return null;
    }
}
