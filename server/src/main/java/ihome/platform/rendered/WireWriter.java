package ihome.platform.rendered;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** What the web server writes to a {@link Wire}: at once, waiting for slow clients. */
final class WireWriter extends OutputStream implements DataWriter {
    private final Wire wire;

    WireWriter(Wire wire) {
        this.wire = wire;
    }

    @Override
    public void write(BufferData... buffers) {
        writeNow(BufferData.create(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        writeNow(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        writeNow(BufferData.create(buffers));
    }

    /** Several buffers behind one another arrive here as one array. */
    @Override
    public void writeNow(BufferData buffer) {
        buffer.writeTo(this);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            wire.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        // the connection is closed by who has opened it
    }
}
