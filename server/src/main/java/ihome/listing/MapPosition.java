package ihome.listing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Where a house is.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
record MapPosition(double latitude, double longitude) {
    private static final BigDecimal CELL = new BigDecimal("0.005");
    private static final BigDecimal HALF = new BigDecimal("0.0025");

    /**
     * What everybody may know of it: the centre of its cell in a fixed grid of 0.005°, some 400 metres wide in Beijing. The
     * same for every house of a cell, so that asking often or moving the position a little tells no more.
     */
    MapPosition coarse() {
        return new MapPosition(centre(latitude, 90), centre(longitude, 180));
    }

    private static double centre(double degrees, int most) {
        BigDecimal last =
                BigDecimal.valueOf(most).divide(CELL, 0, RoundingMode.FLOOR).subtract(BigDecimal.ONE);
        BigDecimal cell =
                BigDecimal.valueOf(degrees).divide(CELL, 0, RoundingMode.FLOOR).min(last);
        return cell.multiply(CELL).add(HALF).doubleValue();
    }
}
