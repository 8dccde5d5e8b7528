package ihome.pricing;

import ihome.platform.money.Money;
import java.time.LocalDate;

/**
 * What a night of a season costs.
 *
 * @param from the first night
 * @param to the day after the last night
 */
public record SeasonPrice(LocalDate from, LocalDate to, Money price) {
    boolean contains(LocalDate night) {
        return !night.isBefore(from) && night.isBefore(to);
    }
}
