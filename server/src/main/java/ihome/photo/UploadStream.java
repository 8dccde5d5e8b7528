package ihome.photo;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An upload in memory for decoders, with the guard that ends them.
 *
 * <p>The WebP decoder reads eight bytes ahead, and again for every pixel once it met the end: 36 bytes that claim 25
 * megapixels kept it busy for two minutes. So a few zeros follow the end, and whoever insists on reading past those is
 * stopped.
 */
final class UploadStream extends ImageInputStreamImpl {
    private static final int ZEROS = 16;
    private static final int PATIENCE = 4096;
    private static final int BYTES_BETWEEN_CHECKS = 4096;

    private final byte[] file;
    private final int end;
    private final DecodingGuard guard;
    private final DecodingCost.Range garbage;
    private int readsPastTheEnd;
    private int untilCheck;

    /**
     * @param padded whether zeros follow the end
     * @param garbage where allocations are not counted
     */
    UploadStream(byte[] file, boolean padded, DecodingCost.Range garbage, DecodingGuard guard) {
        this.garbage = garbage;
        this.file = file;
        this.end = file.length + (padded ? ZEROS : 0);
        this.guard = guard;
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        count(1);
        bitOffset = 0;
        if (streamPos >= end) {
            return pastTheEnd();
        }
        int value = streamPos < file.length ? file[(int) streamPos] & 0xff : 0;
        streamPos++;
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        checkClosed();
        count(Math.max(length, 64));
        bitOffset = 0;
        int rest = (int) Math.min(length, end - streamPos);
        if (rest <= 0) {
            return length == 0 ? 0 : pastTheEnd();
        }
        int ofTheFile = Math.clamp(file.length - streamPos, 0, rest);
        System.arraycopy(file, (int) Math.min(streamPos, file.length), target, offset, ofTheFile);
        java.util.Arrays.fill(target, offset + ofTheFile, offset + rest, (byte) 0);
        streamPos += rest;
        return rest;
    }

    @Override
    public long length() {
        return file.length;
    }

    private void count(int bytes) throws IOException {
        untilCheck -= bytes;
        if (untilCheck <= 0) {
            untilCheck = BYTES_BETWEEN_CHECKS;
            guard.count(garbage.holds(streamPos));
            guard.check();
        }
    }

    private int pastTheEnd() throws IOException {
        readsPastTheEnd++;
        if (readsPastTheEnd > PATIENCE) {
            throw new IOException("the picture goes on past the end of its file");
        }
        return -1;
    }
}
