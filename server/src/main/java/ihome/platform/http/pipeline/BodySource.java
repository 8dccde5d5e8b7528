package ihome.platform.http.pipeline;

import java.io.InputStream;

/** Where a request's body comes from. */
public interface BodySource {
    /** A request without a body. */
    BodySource NONE = new BodySource() {
        @Override
        public boolean hasBody() {
            return false;
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    };

    /** Whether a body follows the head. */
    boolean hasBody();

    /**
     * The body's bytes. Reading blocks until some are there and fails with {@link java.io.IOException} when the client sends
     * nothing for too long, goes away, or breaks the framing. To be called once.
     */
    InputStream open();
}
