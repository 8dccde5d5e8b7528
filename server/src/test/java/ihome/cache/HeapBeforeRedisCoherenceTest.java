package ihome.cache;

import ihome.platform.redis.TestRedis;
import ihome.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** With Redis between the heap and the database. */
@Tag("slow")
class HeapBeforeRedisCoherenceTest extends HeapCoherenceContract {
    @Override
    TestServer first() {
        return TestServer.start(Map.of("IHOME_CACHE_HEAP", "8", "IHOME_REDIS_URL", TestRedis.freshDatabase()));
    }
}
