package ihome;

import java.util.Map;

/** With nothing behind the heap but the database. */
class HeapCoherenceTest extends HeapCoherenceContract {
    @Override
    TestServer first() {
        return TestServer.start(Map.of("IHOME_CACHE_HEAP", "8"));
    }
}
