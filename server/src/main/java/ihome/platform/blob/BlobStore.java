package ihome.platform.blob;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Bytes under keys, readable by the public at {@link #url}.
 *
 * <p>A key is one or more segments joined by {@code /}, at most 200 characters in all; a segment begins with a
 * lower-case letter or a digit and goes on with those, {@code -}, {@code _} and {@code .}, and never holds
 * {@code ..}. Every method throws {@link IllegalArgumentException} for any other key before it touches the store. No
 * key may be another key's folder ({@code a/b} beside {@code a/b/c}): a file system cannot hold both.
 *
 * <p>A store behind a content delivery network may for a while still {@code read} what was replaced or deleted; nothing
 * here depends on it, as pictures' keys are random and never used again.
 *
 * <p>Every method may be called from any thread. A store that cannot be reached, or refuses, is a {@link
 * BlobStoreException}; an absent key is not.
 */
public interface BlobStore {

    /**
     * Keeps the bytes under the key, replacing what was there; durable when it returns, and no reader ever sees a
     * part of them.
     *
     * @param contentType the media type a remote store is to serve them with, such as {@code image/jpeg}
     * @throws BlobStoreException nothing is promised about the key then: delete it or put again
     */
    void put(String key, byte[] bytes, String contentType);

    /** Removes the key; an absent one is fine. */
    void delete(String key);

    /** What is kept under the key; empty if nothing is. */
    Optional<Blob> read(String key);

    /**
     * What is kept under the key, to be read piece by piece where the store can: a file's bytes are not held in memory.
     * Empty if nothing is.
     */
    default Optional<StoredBlob> open(String key) {
        return read(key).map(Blob::stored);
    }

    /** How many bytes are kept under the key; empty if nothing is. Cheaper than reading them. */
    OptionalLong size(String key);

    /** Absolute address at which a browser finds the key, whether or not it exists; no network is asked. */
    String url(String key);

    /** Whether {@link #url} leads back to this server, which then answers it with what {@link #read} gives. */
    boolean servedHere();
}
