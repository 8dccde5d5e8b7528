package ihome.platform.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a route can say without its handler: quickly, from memory, waiting for nothing, the same for whoever asks. The same
 * answer as the handler's.
 */
@FunctionalInterface
public interface AtOnce {
    /**
     * Null when the handler has to answer. What it fails with, the handler is left to fail with: it answers refusals too.
     *
     * @param query the parameters, of which none is empty and none was there twice
     */
    @Nullable
    Answer answer(Map<String, String> query);
}
