package ihome.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** nginx on a free port, serving bytes as static files with its open file cache: the yardstick of the read side. */
final class NginxPeer implements AutoCloseable {
    private final Path folder;
    private final int port;
    private int files;

    private final String scheme;

    /** PEM files. */
    record Certificate(Path chain, Path key) {}

    NginxPeer() {
        this("", "http");
    }

    /** With TLS, for HTTP/1.1 and HTTP/2. */
    NginxPeer(Certificate certificate) {
        this(
                " ssl http2; ssl_certificate %s; ssl_certificate_key %s".formatted(certificate.chain(), certificate.key()),
                "https");
    }

    private NginxPeer(String tls, String scheme) {
        this.scheme = scheme;
        try {
            folder = Files.createTempDirectory("ihome-bench-nginx");
            Files.createDirectory(folder.resolve("root"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            Files.writeString(folder.resolve("nginx.conf"), """
                    worker_processes auto; pid %1$s/pid; error_log %1$s/error.log;
                    events { worker_connections 1024; }
                    http {
                      access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
                      open_file_cache max=100 inactive=60s;
                      client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
                      uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                      server { listen 127.0.0.1:%2$d%3$s; root %1$s/root; default_type application/json;
                        location = /nothing { return 204; } }
                    }
                    """.formatted(folder, port, tls));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Tool.output(Map.of(), Tool.path("nginx"), "-c", folder + "/nginx.conf", "-e", folder + "/start.log");
    }

    /** Its address of a file with these bytes. */
    String serving(byte[] bytes) {
        try {
            Files.write(folder.resolve("root/" + ++files), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return scheme + "://127.0.0.1:" + port + "/" + files;
    }

    /** Its address of an answer without a body, made from nothing. */
    String nothing() {
        return scheme + "://127.0.0.1:" + port + "/nothing";
    }

    @Override
    public void close() {
        try {
            long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
            ProcessHandle.of(pid).ifPresent(master -> {
                master.destroy();
                while (master.isAlive()) {
                    LockSupport.parkNanos(10_000_000);
                }
            });
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
