package ihome.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** HTTP byte by byte, for what no client library sends. */
public final class RawConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Answers are waited for up to 30 seconds. */
    public static RawConnection to(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
            socket.setTcpNoDelay(true);
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From an address of this machine, such as 127.0.0.2, whose share the requests count against. */
    public static RawConnection from(String address, int port) {
        return from(address, port, 0);
    }

    /**
     * As {@link #from(String, int)}, with a bound on what comes in unread.
     *
     * @param receiveBuffer bytes that the system takes in before somebody reads them, about; 0 for the usual
     */
    public static RawConnection from(String address, int port, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
            socket.setTcpNoDelay(true);
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer; header names in any case. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    public RawConnection send(String text) {
        return send(text.getBytes(UTF_8));
    }

    public RawConnection send(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the server's word that it reads the body which {@code Expect: 100-continue} announced. */
    public RawConnection awaitContinue() {
        try {
            String status = line();
            if (!status.contains(" 100 ") || !line().isEmpty()) {
                throw new IOException("not asked to go on but told " + status);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Answer answer() {
        return answer(true);
    }

    /** The next answer; an interim one (100) is skipped. */
    public Answer answer(boolean hasBody) {
        try {
            String[] status = line().split(" ", 3);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line = line(); !line.isEmpty(); line = line()) {
                String[] header = line.split(":", 2);
                headers.put(header[0], header[1].strip());
            }
            if (status[1].equals("100")) {
                return answer(hasBody);
            }
            int length = hasBody ? Integer.parseInt(headers.getOrDefault("Content-Length", "0")) : 0;
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new IOException("the body ends after " + body.length + " of " + length);
            }
            return new Answer(Integer.parseInt(status[1]), headers, new String(body, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on in a body of which {@link #answer(boolean)} has left so many bytes. */
    public void skip(int bytes) {
        try {
            in.skipNBytes(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server closes, and returns what it still sent. */
    public String rest() {
        try {
            return new String(in.readAllBytes(), UTF_8);
        } catch (java.net.SocketTimeoutException e) {
            throw new UncheckedIOException("the server does not close", e);
        } catch (IOException reset) {
            return "";
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed after '" + line + "'");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
