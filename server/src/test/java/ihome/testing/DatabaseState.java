package ihome.testing;

import java.time.Duration;
import java.util.Map;

/** Everything in PostgreSQL, by the test's clock. */
final class DatabaseState implements SharedState {
    private final TestServer server;

    DatabaseState(TestServer server) {
        this.server = server;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public void advance(Duration by) {}

    @Override
    public void forgetLimits() {
        server.sql("delete from rate_limit");
    }

    @Override
    public int kept() {
        return server.rows("ephemeral");
    }

    @Override
    public boolean keeps(String key) {
        return server.rows("ephemeral where key = '" + key + "'") == 1;
    }

    @Override
    public String value(String key) {
        return server.text("select value from ephemeral where key = '" + key + "'");
    }

    @Override
    public boolean mentions(String text) {
        return server.rows("ephemeral e where e::text like '%" + text + "%'") > 0;
    }

    @Override
    public int misses(String key) {
        return server.number("select misses from ephemeral where key = '" + key + "'");
    }

    @Override
    public int limitsInUse() {
        return server.rows("rate_limit");
    }

    @Override
    public void withoutSessions(Runnable work) {
        server.without("ephemeral", work);
    }

    @Override
    public void readOnlySessions(Runnable work) {
        server.refusing("insert", "ephemeral", work);
    }

    @Override
    public void withoutLimits(Runnable work) {
        server.without("rate_limit", work);
    }

    @Override
    public void close() {}
}
