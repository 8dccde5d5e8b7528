package ihome.importing;

/** Where drawn pictures go: {@code BlobStore::put} in the program, a map in a test. */
@FunctionalInterface
public interface PictureSink {
    /**
     * Keeps a picture for good before it returns; the same key always comes with the same bytes. Called from several
     * threads at once.
     */
    void put(String blobKey, byte[] jpeg);
}
