package ihome.importing.scene;

import static ihome.importing.scene.Light.BLUE_HOUR;
import static ihome.importing.scene.Light.CLEAR_AUTUMN;
import static ihome.importing.scene.Light.GOLDEN_AFTERNOON;
import static ihome.importing.scene.Light.JADE_DAWN;
import static ihome.importing.scene.Light.MOON_NIGHT;
import static ihome.importing.scene.Light.PERSIMMON_DUSK;
import static ihome.importing.scene.Light.ROSE_EVENING;

/** What a picture shows, and the hours it is shown at. */
enum Motif {
    HUTONG(PERSIMMON_DUSK, BLUE_HOUR, ROSE_EVENING, MOON_NIGHT),
    PERSIMMONS(CLEAR_AUTUMN, GOLDEN_AFTERNOON, PERSIMMON_DUSK, JADE_DAWN),
    SKYLINE(PERSIMMON_DUSK, BLUE_HOUR, ROSE_EVENING, MOON_NIGHT),
    LAKE(PERSIMMON_DUSK, JADE_DAWN, ROSE_EVENING, GOLDEN_AFTERNOON),
    GREAT_WALL(JADE_DAWN, PERSIMMON_DUSK, GOLDEN_AFTERNOON, ROSE_EVENING),
    FARMHOUSE(MOON_NIGHT, PERSIMMON_DUSK, BLUE_HOUR, ROSE_EVENING),
    LOFT(PERSIMMON_DUSK, GOLDEN_AFTERNOON, BLUE_HOUR, ROSE_EVENING),
    BEDROOM(GOLDEN_AFTERNOON, PERSIMMON_DUSK, JADE_DAWN, BLUE_HOUR),
    TEA_ROOM(JADE_DAWN, PERSIMMON_DUSK, GOLDEN_AFTERNOON, MOON_NIGHT),
    HOTEL_ROOM(BLUE_HOUR, PERSIMMON_DUSK, CLEAR_AUTUMN, ROSE_EVENING),
    BUNK_ROOM(BLUE_HOUR, GOLDEN_AFTERNOON, PERSIMMON_DUSK, JADE_DAWN);

    /** How many pictures of one motif there are. */
    static final int VARIANTS = 6;

    private final Light first;
    private final Light second;
    private final Light third;
    private final Light fourth;

    Motif(Light first, Light second, Light third, Light fourth) {
        this.first = first;
        this.second = second;
        this.third = third;
        this.fourth = fourth;
    }

    private Light light(int variant) {
        return switch (variant % 4) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            default -> fourth;
        };
    }

    private void paint(Canvas canvas, Light light) {
        switch (this) {
            case HUTONG -> Hutong.paint(canvas, light);
            case PERSIMMONS -> Persimmons.paint(canvas, light);
            case SKYLINE -> Skyline.paint(canvas, light);
            case LAKE -> Lake.paint(canvas, light);
            case GREAT_WALL -> GreatWall.paint(canvas, light);
            case FARMHOUSE -> Farmhouse.paint(canvas, light);
            case LOFT -> Loft.paint(canvas, light);
            case BEDROOM -> Bedroom.paint(canvas, light);
            case TEA_ROOM -> TeaRoom.paint(canvas, light);
            case HOTEL_ROOM -> HotelRoom.paint(canvas, light);
            case BUNK_ROOM -> BunkRoom.paint(canvas, light);
        }
    }

    Canvas paint(int variant) {
        Canvas canvas = new Canvas(1_000L * name().hashCode() + variant);
        Light light = light(variant);
        paint(canvas, light);
        canvas.done();
        Exposure.develop(canvas, light.lamps ? 0.62 : 0.8, light.lamps ? 0.4 : 0.3, light.lamps ? 0.34 : 0.2);
        return canvas;
    }
}
