package ihome.importing;

import ihome.importing.scene.Scene;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Draws each picture that houses need once, on every processor, and hands it to the sink. */
public final class PlaceholderPictures {
    private final PictureSink sink;
    private final Set<String> drawn = new HashSet<>();

    public PlaceholderPictures(PictureSink sink) {
        this.sink = sink;
    }

    /** How many were drawn so far. */
    public int count() {
        return drawn.size();
    }

    /** Returns when the sink has all of them; what it throws comes out of here. */
    public void require(Set<String> pictureKeys) throws InterruptedException {
        List<Future<?>> pending = new ArrayList<>();
        try (ExecutorService painters =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Scene scene : Scene.all()) {
                if (pictureKeys.contains(scene.pictureKey()) && drawn.add(scene.pictureKey())) {
                    pending.add(painters.submit(() -> scene.draw().forEach(sink::put)));
                }
            }
        }
        for (Future<?> picture : pending) {
            try {
                picture.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            }
        }
    }
}
