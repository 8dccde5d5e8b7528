package ihome.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadBase.FileUploadIOException;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.MultipartStream.IllegalBoundaryException;
import org.apache.commons.fileupload.MultipartStream.MalformedStreamException;
import org.apache.commons.fileupload.RequestContext;

/** Finds one file field in a multipart/form-data body (RFC 7578). */
final class Multipart {
    private static final int MAX_PARTS = 16;

    private Multipart() {}

    /** What becomes of a part that was found. */
    private interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    /**
     * The field's bytes; empty when there is no such field. A malformed body is answered 400. Of a body on disk the bytes
     * are counted first and then read, so that they are in memory once.
     */
    static byte[] file(RequestBody body, String contentType, String field) throws IOException {
        long length = part(body, contentType, field, 0L, Multipart::count);
        body.reserve(length);
        return part(body, contentType, field, new byte[0], in -> {
            byte[] bytes = new byte[Math.toIntExact(length)];
            int n = in.readNBytes(bytes, 0, bytes.length);
            return n == bytes.length ? bytes : Arrays.copyOf(bytes, n);
        });
    }

    private static long count(InputStream in) throws IOException {
        byte[] piece = new byte[8192];
        long length = 0;
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            length += n;
        }
        return length;
    }

    private static <T> T part(RequestBody body, String contentType, String field, T absent, Reader<T> reader)
            throws IOException {
        FileUpload upload = new FileUpload();
        upload.setFileCountMax(MAX_PARTS);
        upload.setPartHeaderSizeMax(4096);
        try {
            FileItemIterator parts = upload.getItemIterator(new Source(body, contentType));
            if (!parts.hasNext()) {
                // RFC 2046, 5.1.1: there is at least one part.
                throw RequestFailure.malformed("multipart 格式错误");
            }
            for (int i = 0; i < MAX_PARTS && parts.hasNext(); i++) {
                FileItemStream part = parts.next();
                try (InputStream in = part.openStream()) {
                    if (field.equals(part.getFieldName())) {
                        return reader.read(in);
                    }
                }
            }
            return absent;
        } catch (FileUploadException | FileUploadIOException | MalformedStreamException | IllegalBoundaryException e) {
            throw RequestFailure.malformed("multipart 格式错误");
        } catch (FileItemStream.ItemSkippedException | NullPointerException | IndexOutOfBoundsException e) {
            // commons-fileupload 1.6 trips over parts within a part that name no boundary, and over broken ends.
            throw RequestFailure.malformed("multipart 格式错误");
        }
    }

    private record Source(RequestBody body, String type) implements RequestContext {
        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public String getContentType() {
            return type;
        }

        @Override
        @Deprecated
        @SuppressWarnings("InlineMeSuggester")
        public int getContentLength() {
            return -1;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return body.stream();
        }
    }
}
