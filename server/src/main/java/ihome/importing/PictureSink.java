package ihome.importing;

/** Where placeholder pictures go: {@code BlobStore::put} in the program, a map in a test. */
@FunctionalInterface
public interface PictureSink {
    /**
     * Keeps a picture for good before it returns; the same key always comes with the same bytes.
     */
    void put(String blobKey, byte[] jpeg);
}
