package ihome.photo;

import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStoreException;
import ihome.platform.blob.StoredBlob;
import ihome.platform.problem.Overloaded;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stored pictures as the public may fetch them, for whatever serves them over HTTP. */
public final class MediaFiles {
    /** A store that does not answer holds so many requests at once and no more, whatever they all ask for. */
    public static final int READS = 64;

    private static final Logger log = LoggerFactory.getLogger(MediaFiles.class);

    private final BlobStore blobs;
    private final Semaphore reads = new Semaphore(READS);

    public MediaFiles(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * Where a picture's file is, when it is not here: an address to send the client to, for those who keep one from
     * before the pictures moved. Empty if this server serves it, and for every text that is not such a file's key.
     */
    public Optional<String> elsewhere(String key) {
        return blobs.servedHere() ? Optional.empty() : PictureKey.parseFile(key).map(_ -> blobs.url(key));
    }

    /**
     * The file that a request asks for; empty if there is none, and for every text that is not the exact key of a
     * picture's file, so that nothing else in the store can be fetched.
     *
     * @param key what follows {@code /media/} in the request's decoded path
     * @throws Overloaded the store failed, or is being waited for by {@value #READS} others
     */
    public Optional<MediaFile> find(String key) {
        return PictureKey.parseFile(key).flatMap(file -> open(key).map(blob -> new MediaFile(file, blob)));
    }

    private Optional<StoredBlob> open(String key) {
        if (!reads.tryAcquire()) {
            throw new Overloaded("reads of the picture store");
        }
        try {
            return blobs.open(key);
        } catch (BlobStoreException e) {
            log.warn("a picture cannot be shown: {}", e.getMessage());
            throw new Overloaded("the picture store");
        } finally {
            reads.release();
        }
    }
}
