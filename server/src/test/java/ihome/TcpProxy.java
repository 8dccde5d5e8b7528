package ihome;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The way from a node to a service on loopback, which a test may hold up at certain words, or cut. */
final class TcpProxy implements AutoCloseable {
    private record Hold(String words, CountDownLatch reached, CountDownLatch released) {}

    private final ServerSocket listener;
    private final int servicePort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile @Nullable Hold hold;

    TcpProxy(int servicePort) {
        this.servicePort = servicePort;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on nothing passes, and no connection stands. */
    void cut() {
        cut = true;
        open.forEach(TcpProxy::close);
    }

    void mend() {
        cut = false;
    }

    /** The next command that holds these words waits here. */
    void holdAt(String words) {
        hold = new Hold(words, new CountDownLatch(1), new CountDownLatch(1));
    }

    void awaitHeld() throws InterruptedException {
        Hold present = hold;
        if (present == null || !present.reached().await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("nothing came to be held");
        }
    }

    void release() {
        Hold present = hold;
        hold = null;
        if (present != null) {
            present.released().countDown();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (cut) {
                    close(client);
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), servicePort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                Thread.ofVirtual().start(() -> pass(client, server, true));
                Thread.ofVirtual().start(() -> pass(server, client, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean commands) {
        byte[] buffer = new byte[256 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Hold present = hold;
                if (commands
                        && present != null
                        && new String(buffer, 0, read, StandardCharsets.UTF_8).contains(present.words())) {
                    present.reached().countDown();
                    present.released().await();
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // One end is gone, and the other goes with it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        release();
        cut();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
