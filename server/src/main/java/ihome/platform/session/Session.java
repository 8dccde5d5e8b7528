package ihome.platform.session;

import java.time.Instant;

/**
 * A session as its owner may see it.
 *
 * @param id tells it from the account's others; nobody can log in with it
 * @param device a browser and a system by name; empty when the client did not say
 * @param begun when somebody logged in; the epoch for one that began before this was kept
 * @param lastUsed the hour in which it was last used
 * @param current whether it is the one that asks
 */
public record Session(String id, String device, Instant begun, Instant lastUsed, boolean current) {}
