package ihome.photo;

import ihome.platform.blob.Blob;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStoreException;
import ihome.platform.db.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Copies the pictures that accounts and houses show from one store to another. What the other holds already in the
 * same size is left alone, so a copy that was broken off goes on where it was, and a second run brings what was
 * uploaded during the first. Nothing is deleted.
 */
public final class PictureCopy {
    private static final int AT_ONCE = 8;
    private static final int NAMED_FAILURES = 10;

    private final BlobStore from;
    private final BlobStore to;
    private final AtomicInteger copied = new AtomicInteger();
    private final AtomicInteger present = new AtomicInteger();
    private final AtomicInteger missing = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final List<String> failures = new ArrayList<>();
    private volatile int files;

    public PictureCopy(BlobStore from, BlobStore to) {
        this.from = from;
        this.to = to;
    }

    /**
     * How far it is.
     *
     * @param files how many there are in all
     * @param present that the other store held already
     * @param missing that the first store does not hold, though they are shown
     * @param failed of which a store said no, or that came out with another size
     * @param failures the first failures' messages
     */
    public record Progress(
            int files, int copied, int present, int missing, int failed, long bytes, List<String> failures) {
        public int done() {
            return copied + present + missing + failed;
        }

        /** Whether the other store now holds everything. */
        public boolean isComplete() {
            return copied + present == files;
        }
    }

    /** Copies everything; other threads may ask for the {@link #progress} meanwhile. */
    public Progress run(Database database) {
        List<String> keys = database.withConnection(PictureFiles::shown);
        files = keys.size();
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                workers.execute(() -> {
                    for (int file = next.getAndIncrement(); file < keys.size(); file = next.getAndIncrement()) {
                        copy(keys.get(file));
                    }
                });
            }
        }
        return progress();
    }

    public Progress progress() {
        synchronized (failures) {
            return new Progress(
                    files,
                    copied.get(),
                    present.get(),
                    missing.get(),
                    failed.get(),
                    bytes.get(),
                    List.copyOf(failures));
        }
    }

    private void copy(String key) {
        try {
            OptionalLong size = from.size(key);
            if (size.isEmpty()) {
                missing.incrementAndGet();
                return;
            }
            if (to.size(key).equals(size)) {
                present.incrementAndGet();
                return;
            }
            Optional<Blob> blob = from.read(key);
            if (blob.isEmpty() || blob.get().bytes().length != size.getAsLong()) {
                failed(key + " could not be read whole");
                return;
            }
            to.put(key, blob.get().bytes(), PictureLibrary.CONTENT_TYPE);
            if (!to.size(key).equals(size)) {
                failed(key + " has another size after it was copied");
                return;
            }
            bytes.addAndGet(size.getAsLong());
            copied.incrementAndGet();
        } catch (BlobStoreException e) {
            failed(String.valueOf(e.getMessage()));
        }
    }

    private void failed(String why) {
        failed.incrementAndGet();
        synchronized (failures) {
            if (failures.size() < NAMED_FAILURES) {
                failures.add(why);
            }
        }
    }
}
