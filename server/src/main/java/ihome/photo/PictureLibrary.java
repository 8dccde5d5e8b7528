package ihome.photo;

import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStoreException;
import ihome.platform.problem.Overloaded;
import java.util.Map;

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
     * Processes an upload and keeps it in every size of its kind; durable when it returns. Runs for up to a second
     * and writes to the blob store: call it outside of a transaction.
     *
     * @throws NotAPicture the upload is refused for what it is; nothing was stored
     * @throws BlobStoreException the store failed; what was stored of this picture before was deleted again, as far
     *     as the store let it (a failed clean-up is a suppressed exception)
     * @throws Overloaded too many uploads at once; nothing was stored
     */
    public PictureKey store(byte[] upload, PictureKind kind) throws NotAPicture {
        ProcessedPicture picture = processor.process(upload, kind);
        PictureKey key = PictureKey.random(kind);
        try {
            for (Map.Entry<Rendition, byte[]> file : picture.renditions().entrySet()) {
                blobs.put(key.file(file.getKey()), file.getValue(), CONTENT_TYPE);
            }
        } catch (BlobStoreException failure) {
            deleteAfter(failure, key);
            throw failure;
        }
        return key;
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
        for (Rendition rendition : key.kind().renditions()) {
            try {
                blobs.delete(key.file(rendition));
            } catch (BlobStoreException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
