package ihome.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/** The content of a sealed file, decrypted where it is read. Nothing is given that was not authenticated. */
final class SealedChannel implements SeekableByteChannel {
    private static final int SEALED_CHUNK = SealedHeader.CHUNK + SealedHeader.TAG;

    private final FileChannel file;
    private final SealedHeader header;
    private final long sealedBytes;
    private final long chunks;
    private long position;
    private long held = -1;
    private byte[] chunk = new byte[0];

    /** Fails with an {@link IOException} for a file whose last chunk is missing, and with another key. */
    SealedChannel(FileChannel file, SealedHeader header) throws IOException {
        this.file = file;
        this.header = header;
        this.sealedBytes = file.size() - SealedHeader.LENGTH;
        this.chunks = Math.max(1, Math.ceilDiv(sealedBytes, SEALED_CHUNK));
        hold(chunks - 1);
    }

    private void hold(long number) throws IOException {
        if (number == held) {
            return;
        }
        long start = number * SEALED_CHUNK;
        int length = (int) Math.min(SEALED_CHUNK, sealedBytes - start);
        if (length < SealedHeader.TAG) {
            throw new IOException("it breaks off");
        }
        ByteBuffer sealed = ByteBuffer.allocate(length);
        while (sealed.hasRemaining()) {
            if (file.read(sealed, SealedHeader.LENGTH + start + sealed.position()) < 0) {
                throw new IOException("it breaks off");
            }
        }
        try {
            chunk = header.cipher(Cipher.DECRYPT_MODE, number, number == chunks - 1)
                    .doFinal(sealed.array());
        } catch (AEADBadTagException e) {
            throw new IOException("part " + (number + 1) + " of " + chunks + " is not what was written", e);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot decrypt", e);
        }
        held = number;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (position >= size()) {
            return -1;
        }
        hold(position / SealedHeader.CHUNK);
        int from = (int) (position % SealedHeader.CHUNK);
        int length = Math.min(target.remaining(), chunk.length - from);
        target.put(chunk, from, length);
        position += length;
        return length;
    }

    @Override
    public long size() {
        return sealedBytes - chunks * SealedHeader.TAG;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
