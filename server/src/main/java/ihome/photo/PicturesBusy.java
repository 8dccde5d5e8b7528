package ihome.photo;

/** Too many pictures are being processed; the upload was not looked at. Answer 503 and let the client try again. */
public final class PicturesBusy extends RuntimeException {
    PicturesBusy() {
        super("too many pictures at once");
    }

    PicturesBusy(InterruptedException cause) {
        super("interrupted while waiting for a place", cause);
    }
}
