package ihome.platform.session;

import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of a session, as one text: the account, when it began (seconds of the epoch), the hour of its last use
 * (hours of the epoch), and the device. No address, no header.
 */
record SessionValue(long account, long begun, long usedHour, String device) {
    private static final long HOUR = 3600;

    static SessionValue begun(long account, Instant now, String device) {
        return new SessionValue(account, now.getEpochSecond(), hour(now), device);
    }

    /**
     * Reads also the account alone, which is what was kept before there was more. Nodes of two versions share the sessions while a site is updated: what comes to be kept in
     * addition must leave the first three words as they are.
     *
     * @return empty when it is nothing that can be read: whoever has such a session is logged out
     */
    static Optional<SessionValue> parse(String text) {
        String[] parts = text.split(" ", 4);
        try {
            long account = Long.parseLong(parts[0]);
            if (account <= 0) {
                return Optional.empty();
            }
            return Optional.of(
                    parts.length < 4
                            ? new SessionValue(account, 0, 0, "")
                            : new SessionValue(account, Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3]));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    SessionValue used(Instant now) {
        return new SessionValue(account, begun, hour(now), device);
    }

    boolean wasUsedInHourOf(Instant now) {
        return usedHour == hour(now);
    }

    Instant lastUsed() {
        return Instant.ofEpochSecond(usedHour * HOUR);
    }

    String text() {
        return account + " " + begun + " " + usedHour + " " + device;
    }

    private static long hour(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), HOUR);
    }
}
