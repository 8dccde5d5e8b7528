package ihome.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** Writes a sealed file; without {@link #close} it has no last chunk, and is refused. */
final class SealedOutput extends OutputStream {
    private final OutputStream out;
    private final SealedHeader header;
    private final byte[] chunk = new byte[SealedHeader.CHUNK];
    private int filled;
    private long number;
    private boolean closed;

    SealedOutput(OutputStream out, SealedHeader header) throws IOException {
        this.out = out;
        this.header = header;
        out.write(header.bytes());
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == chunk.length) {
                seal(false);
            }
            int part = Math.min(left, chunk.length - filled);
            System.arraycopy(bytes, from, chunk, filled, part);
            filled += part;
            from += part;
            left -= part;
        }
    }

    private void seal(boolean last) throws IOException {
        try {
            out.write(header.cipher(Cipher.ENCRYPT_MODE, number, last).doFinal(chunk, 0, filled));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot encrypt", e);
        }
        number++;
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            seal(true);
            out.close();
        }
    }
}
