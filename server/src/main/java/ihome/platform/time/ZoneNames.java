package ihome.platform.time;

import java.time.ZoneId;

/** Time zones that may be chosen. */
public final class ZoneNames {
    private ZoneNames() {}

    /**
     * A zone of the time zone database by its region, such as {@code Asia/Shanghai}, or {@code UTC}. Offsets and abbreviations
     * are not accepted though Java knows them: browsers refuse {@code GMT+8} (ECMA-402, 6.5), and PostgreSQL takes it for
     * eight hours to the west, as POSIX does.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ZoneId parse(String name) {
        boolean region = name.contains("/") && !name.startsWith("SystemV/");
        if (name.equals("UTC") || (region && ZoneId.getAvailableZoneIds().contains(name))) {
            return ZoneId.of(name);
        }
        throw new IllegalArgumentException("not a time zone: " + name);
    }
}
