package ihome.photo;

import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStoreException;
import java.util.Optional;

/** The stored pictures as the public may fetch them, for whatever serves them over HTTP. */
public final class MediaFiles {
    private final BlobStore blobs;

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
     * @throws BlobStoreException the store failed
     */
    public Optional<MediaFile> find(String key) {
        return PictureKey.parseFile(key)
                .flatMap(file -> blobs.read(key).map(blob -> new MediaFile(file, blob.bytes(), blob.lastModified())));
    }
}
