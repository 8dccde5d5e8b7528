package ihome.photo;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An upload in memory for the WebP decoder, which reads eight bytes ahead, and again for every pixel once it met the
 * end: 36 bytes that claim 25 megapixels kept it busy for two minutes. So a few zeros follow the end, and whoever
 * insists on reading past those is stopped.
 */
final class UploadStream extends ImageInputStreamImpl {
    private static final int ZEROS = 16;
    private static final int PATIENCE = 4096;

    private final byte[] file;
    private int readsPastTheEnd;

    UploadStream(byte[] file) {
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        bitOffset = 0;
        if (streamPos >= file.length + ZEROS) {
            return pastTheEnd();
        }
        int value = streamPos < file.length ? file[(int) streamPos] & 0xff : 0;
        streamPos++;
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        int rest = (int) Math.min(length, file.length + ZEROS - streamPos);
        if (rest <= 0) {
            return length == 0 ? 0 : pastTheEnd();
        }
        for (int i = 0; i < rest; i++) {
            target[offset + i] = streamPos < file.length ? file[(int) streamPos] : 0;
            streamPos++;
        }
        return rest;
    }

    private int pastTheEnd() throws IOException {
        readsPastTheEnd++;
        if (readsPastTheEnd > PATIENCE) {
            throw new IOException("the picture goes on past the end of its file");
        }
        return -1;
    }
}
