package ihome.platform.http;

import ihome.platform.ephemeral.ExpiringKeyValueStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A store for servers on which nobody is logged in. */
final class NothingKept implements ExpiringKeyValueStore {
    @Override
    public void put(String key, String value, Duration lifetime, String group) {}

    @Override
    public void put(String key, String value, Duration lifetime, String group, int most) {
        // nothing
    }

    @Override
    public void leave(String group, String key) {
        // nothing
    }

    @Override
    public void endGroup(String group, String except) {}

    @Override
    public Map<String, String> group(String group, int most) {
        return Map.of();
    }

    @Override
    public void change(String key, String value) {}

    @Override
    public void put(String key, String value, Duration lifetime) {}

    @Override
    public Optional<String> get(String key) {
        return Optional.empty();
    }

    @Override
    public Optional<String> take(String key) {
        return Optional.empty();
    }

    @Override
    public boolean guess(String key, String guess, String asker, Tries tries) {
        return false;
    }
}
