package ihome.importing;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The text of a listings file: UTF-8, as it is or compressed by gzip. */
final class ListingText {
    private static final int LONGEST_LINE = 1 << 16;

    private ListingText() {}

    /** Inflated where the bytes begin as gzip's do (RFC 1952), whatever the file is called. */
    static InputStream inflated(InputStream file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(file, 1 << 16);
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? new GZIPInputStream(in, 1 << 16) : in;
    }

    /** The text of bytes that were checked, without a byte order mark. */
    static Reader reader(InputStream checked) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(checked, StandardCharsets.UTF_8), 1 << 16);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    /**
     * Reads the bytes to their end.
     *
     * @throws UnusableFile they are not UTF-8; the message names the first line that is not, and what encoding it may be
     */
    static void requireUtf8(InputStream bytes) throws IOException {
        byte[] line = new byte[LONGEST_LINE];
        int length = 0;
        long number = 1;
        byte[] buffer = new byte[1 << 16];
        for (int read = read(bytes, buffer); read > 0; read = read(bytes, buffer)) {
            for (int i = 0; i < read; i++) {
                line[length++] = buffer[i];
                boolean ends = buffer[i] == '\n';
                if (ends || length == LONGEST_LINE) {
                    int whole = ends ? length : wholeCharacters(line, length);
                    check(line, whole, number);
                    System.arraycopy(line, whole, line, 0, length - whole);
                    length -= whole;
                    number += ends ? 1 : 0;
                }
            }
        }
        check(line, length, number);
    }

    private static int read(InputStream bytes, byte[] buffer) throws IOException {
        try {
            return bytes.read(buffer);
        } catch (EOFException | ZipException damaged) {
            throw new UnusableFile("the compressed file is damaged or not whole: " + damaged.getMessage(), damaged);
        }
    }

    /** How many bytes there are up to the beginning of the last character, which may go on. */
    private static int wholeCharacters(byte[] line, int length) {
        int end = length - 1;
        while (end > length - 4 && (line[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }

    private static void check(byte[] line, int length, long number) {
        if (!isText(line, length, StandardCharsets.UTF_8)) {
            throw new UnusableFile(
                    "the file is not UTF-8: line %d is no text in it and looks like %s; convert the file first"
                            .formatted(number, guess(line, length)));
        }
    }

    private static String guess(byte[] line, int length) {
        boolean utf16 = length >= 2 && ((line[0] == -1 && line[1] == -2) || (line[0] == -2 && line[1] == -1));
        if (utf16) {
            return "UTF-16";
        }
        Charset chinese = Charset.forName("GB18030");
        return isText(line, length, chinese) ? "GB18030" : "ISO-8859-1 or windows-1252";
    }

    private static boolean isText(byte[] line, int length, Charset charset) {
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
