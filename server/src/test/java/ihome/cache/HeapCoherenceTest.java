package ihome.cache;

import ihome.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** With nothing behind the heap but the database. */
@Tag("slow")
class HeapCoherenceTest extends HeapCoherenceContract {
    @Override
    TestServer first() {
        return TestServer.start(Map.of("IHOME_CACHE_HEAP", "8"));
    }
}
