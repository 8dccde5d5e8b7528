package ihome.importing.scene;

/**
 * An hour of the day: the colours of its sky from the zenith down to the horizon, of the glow around the sun, of
 * far things (haze) and of near ones against the light (ink).
 */
enum Light {
    PERSIMMON_DUSK(0x22304F, 0x7A6078, 0xE98E55, 0xFFC583, 0xB9747A, 0x1B1C28, true),
    BLUE_HOUR(0x0E1A33, 0x2F4C74, 0xD2957C, 0xFFC594, 0x5A6B8C, 0x0F1420, true),
    ROSE_EVENING(0x3A355B, 0xA56A80, 0xF4AC82, 0xFFD6A6, 0xB98393, 0x231D2B, true),
    JADE_DAWN(0x6F9C9B, 0xB5CDBB, 0xF6E0C0, 0xFFF0CF, 0xB9CDBE, 0x2A4542, false),
    GOLDEN_AFTERNOON(0x86A4AE, 0xD9CDAE, 0xF9D79A, 0xFFEAC0, 0xD9BE98, 0x43372E, false),
    CLEAR_AUTUMN(0x4F86B0, 0x98BBCB, 0xEFE3CB, 0xFFF3DC, 0xA7BDC4, 0x2F3A40, false),
    MOON_NIGHT(0x080E1E, 0x14233F, 0x3A4D6B, 0xB9CCE0, 0x2C3D59, 0x080B13, true);

    final int zenith;
    final int sky;
    final int horizon;
    final int glow;
    final int haze;
    final int ink;
    /** Whether lamps are lit. */
    final boolean lamps;

    Light(int zenith, int sky, int horizon, int glow, int haze, int ink, boolean lamps) {
        this.zenith = zenith;
        this.sky = sky;
        this.horizon = horizon;
        this.glow = glow;
        this.haze = haze;
        this.ink = ink;
        this.lamps = lamps;
    }

    /** The colour of a thing in the open: 0 is at the horizon, 1 is next to the viewer. */
    int at(double nearness) {
        return Tint.mix(haze, ink, nearness);
    }
}
