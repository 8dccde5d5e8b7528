package ihome.demo;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the removal of a demo took away.
 *
 * @param kept houses that people have booked: taken down, not removed
 * @param calledOff their orders that were open, which the host has cancelled now
 */
public record RemovalSummary(int houses, int hosts, int stays, List<Long> kept, List<Long> calledOff) {
    /** A line for a person, or more. */
    public String text() {
        if (houses + hosts + stays + kept.size() == 0) {
            return "there is no demo to remove";
        }
        String text = String.format(Locale.ROOT, "removed %,d houses, %,d hosts, %,d stays", houses, hosts, stays);
        if (!kept.isEmpty()) {
            text += "\nkept, because people have booked them, and taken down: houses " + list(kept);
        }
        if (!calledOff.isEmpty()) {
            text += "\ncancelled in the hosts' place, with all money back: orders " + list(calledOff);
        }
        return text;
    }

    private static String list(List<Long> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
