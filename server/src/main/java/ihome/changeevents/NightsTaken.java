package ihome.changeevents;

import ihome.platform.change.ChangePayload;
import java.time.LocalDate;

/**
 * All of these nights were free, and are taken now.
 *
 * @param from the first of them
 * @param until the day after the last
 */
public record NightsTaken(long house, LocalDate from, LocalDate until) implements ChangePayload {}
