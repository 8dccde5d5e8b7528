package ihome.photo;

import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStoreException;
import ihome.platform.problem.Overloaded;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Keeps uploaded pictures: processes them, stores every size, and gives their addresses. */
public final class PictureLibrary {
    public static final String CONTENT_TYPE = "image/jpeg";

    private final PictureProcessor processor;
    private final BlobStore blobs;

    public PictureLibrary(PictureProcessor processor, BlobStore blobs) {
        this.processor = processor;
        this.blobs = blobs;
    }

    /**
     * An upload in every size of its kind. Runs for seconds: call it outside of a transaction.
     *
     * @param account who uploads
     * @param spent is told of the processor time that it took, also when it fails
     * @throws NotAPicture the upload is refused for what it is
     * @throws Overloaded too many uploads at once
     */
    ProcessedPicture process(byte[] upload, PictureKind kind, long account, Consumer<Duration> spent)
            throws NotAPicture {
        return processor.process(upload, kind, account, spent);
    }

    /**
     * Keeps a picture in every size; durable when it returns. Waits for the blob store: call it outside of a transaction.
     *
     * @throws BlobStoreException the store failed; what was stored of this picture before was deleted again, unless the
     *     store failed in that too (a suppressed exception): it is not asked a third time
     */
    void store(PictureKey key, ProcessedPicture picture) {
        try {
            for (Map.Entry<Rendition, byte[]> file : picture.renditions().entrySet()) {
                blobs.put(key.file(file.getKey()), file.getValue(), CONTENT_TYPE);
            }
        } catch (BlobStoreException failure) {
            deleteAfter(failure, key);
            throw failure;
        }
    }

    /**
     * Absolute address of one size; the picture is not looked up.
     *
     * @throws IllegalArgumentException pictures of this kind are not kept in that size
     */
    public String url(PictureKey key, Rendition rendition) {
        return blobs.url(key.file(rendition));
    }

    /**
     * Removes every size of the picture; one that is gone already is fine.
     *
     * @throws BlobStoreException the store failed; some sizes may be left, and calling again removes them
     */
    public void delete(PictureKey key) {
        for (Rendition rendition : key.kind().renditions()) {
            blobs.delete(key.file(rendition));
        }
    }

    /** Also the file whose put failed: a remote store may have taken it and lost only the answer. */
    private void deleteAfter(BlobStoreException failure, PictureKey key) {
        try {
            delete(key);
        } catch (BlobStoreException e) {
            failure.addSuppressed(e);
        }
    }
}
