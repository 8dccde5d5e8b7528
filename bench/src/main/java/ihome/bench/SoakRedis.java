package ihome.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Redis of the soak's own, on loopback, that keeps nothing on disk. */
final class SoakRedis implements AutoCloseable {
    private final Process process;
    private final int port;

    private SoakRedis(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static SoakRedis start(Path work) throws IOException {
        if (!Tool.require("redis-server", "redis-server")) {
            throw new IllegalStateException("needs redis-server (Debian: apt-get install redis-server)");
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        Tool.path("redis-server"), "--port", Integer.toString(port), "--bind", "127.0.0.1",
                        "--save", "", "--appendonly", "no", "--dir", work.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(work.resolve("redis.log").toFile()))
                .start();
        for (int i = 0; i < 500; i++) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return new SoakRedis(process, port);
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        process.destroy();
        throw new IOException("Redis does not answer");
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    long process() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
