package ihome.importing.scene;

import static ihome.importing.scene.Light.BLUE_HOUR;
import static ihome.importing.scene.Light.CLEAR_AUTUMN;
import static ihome.importing.scene.Light.GOLDEN_AFTERNOON;
import static ihome.importing.scene.Light.JADE_DAWN;
import static ihome.importing.scene.Light.MOON_NIGHT;
import static ihome.importing.scene.Light.PERSIMMON_DUSK;
import static ihome.importing.scene.Light.ROSE_EVENING;

import java.util.List;
import java.util.function.BiConsumer;

/** What a picture shows, and the hours it is shown at. */
enum Motif {
    HUTONG(Hutong::paint, PERSIMMON_DUSK, BLUE_HOUR, ROSE_EVENING, MOON_NIGHT),
    PERSIMMONS(Persimmons::paint, CLEAR_AUTUMN, GOLDEN_AFTERNOON, PERSIMMON_DUSK, JADE_DAWN),
    SKYLINE(Skyline::paint, PERSIMMON_DUSK, BLUE_HOUR, ROSE_EVENING, MOON_NIGHT),
    LAKE(Lake::paint, PERSIMMON_DUSK, JADE_DAWN, ROSE_EVENING, GOLDEN_AFTERNOON),
    GREAT_WALL(GreatWall::paint, JADE_DAWN, PERSIMMON_DUSK, GOLDEN_AFTERNOON, ROSE_EVENING),
    FARMHOUSE(Farmhouse::paint, MOON_NIGHT, PERSIMMON_DUSK, BLUE_HOUR, ROSE_EVENING),
    LOFT(Loft::paint, PERSIMMON_DUSK, GOLDEN_AFTERNOON, BLUE_HOUR, ROSE_EVENING),
    BEDROOM(Bedroom::paint, GOLDEN_AFTERNOON, PERSIMMON_DUSK, JADE_DAWN, BLUE_HOUR),
    TEA_ROOM(TeaRoom::paint, JADE_DAWN, PERSIMMON_DUSK, GOLDEN_AFTERNOON, MOON_NIGHT),
    HOTEL_ROOM(HotelRoom::paint, BLUE_HOUR, PERSIMMON_DUSK, CLEAR_AUTUMN, ROSE_EVENING),
    BUNK_ROOM(BunkRoom::paint, BLUE_HOUR, GOLDEN_AFTERNOON, PERSIMMON_DUSK, JADE_DAWN);

    /** How many pictures of one motif there are. */
    static final int VARIANTS = 8;

    private final BiConsumer<Canvas, Light> painter;
    private final List<Light> lights;

    Motif(BiConsumer<Canvas, Light> painter, Light... lights) {
        this.painter = painter;
        this.lights = List.of(lights);
    }

    Canvas paint(int variant) {
        Canvas canvas = new Canvas(1_000L * ordinal() + variant + 1);
        Light light = lights.get(variant % lights.size());
        painter.accept(canvas, light);
        canvas.done();
        Exposure.develop(canvas, light.lamps ? 0.62 : 0.8, light.lamps ? 0.4 : 0.3, light.lamps ? 0.34 : 0.2);
        return canvas;
    }
}
