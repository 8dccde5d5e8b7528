package ihome;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An nginx in front of nodes, configured as deploy/nginx.conf advises, with short times. */
final class Nginx implements AutoCloseable {
    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where the program is; empty when this machine has none. */
    static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it on a free port and returns once it accepts connections. */
    static Nginx start(Path folder, List<Integer> nodes) throws IOException, InterruptedException {
        int port = Ports.free();
        Files.createDirectories(folder.resolve("logs"));
        Path config = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                master_process off; # one process of the tests' own account
                pid nginx.pid;
                error_log logs/error.log;
                events { worker_connections 512; }
                http {
                  access_log off;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  upstream nodes {
                    %s
                    keepalive 16;
                    keepalive_timeout 1s; # shorter than the nodes' grace
                  }
                  server {
                    listen 127.0.0.1:%d;
                    location / {
                      proxy_pass http://nodes;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_set_header Host $http_host;
                      proxy_connect_timeout 2s;
                    }
                  }
                }
                """.formatted(
                        nodes.stream()
                                .map(node -> "server 127.0.0.1:" + node + " max_fails=1 fail_timeout=1s;")
                                .collect(Collectors.joining("\n    ")),
                        port));
        Process process = new ProcessBuilder(
                        program().orElseThrow().toString(), "-p", folder.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("logs/out.log").toFile())
                .start();
        Await.until(() -> Ports.answers(port) || !process.isAlive());
        if (!process.isAlive()) {
            throw new IOException("nginx ended: " + Files.readString(folder.resolve("logs/out.log")));
        }
        return new Nginx(process, port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Ports of loopback. */
    static final class Ports {
        private Ports() {}

        static int free() throws IOException {
            try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }

        static boolean answers(int port) {
            try (Socket _ = new Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
