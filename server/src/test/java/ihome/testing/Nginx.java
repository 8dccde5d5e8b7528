package ihome.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An nginx in front of nodes, with deploy/nginx.conf. */
public final class Nginx implements AutoCloseable {
    /** The header that names whom a request counts as in the limits. */
    public static final String LIMITED_AS = "X-Limited-As";

    private final Process process;
    private final int port;
    private final Path errors;

    private Nginx(Process process, int port, Path errors) {
        this.process = process;
        this.port = port;
        this.errors = errors;
    }

    /** Where the program is; empty when this machine has none. */
    public static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it on a free port and returns once it accepts connections. */
    public static Nginx start(Path folder, List<Integer> nodes) {
        return start(folder, FreePorts.next(), nodes);
    }

    /** Starts it on a port and returns once it accepts connections. */
    public static Nginx start(Path folder, int port, List<Integer> nodes) {
        return start(folder, port, nodes, given -> given);
    }

    /** With something else in its file. */
    public static Nginx start(Path folder, int port, List<Integer> nodes, UnaryOperator<String> different) {
        try {
            Files.createDirectories(folder.resolve("logs"));
            Files.writeString(folder.resolve("ihome.conf"), different.apply(deployed(port, nodes)));
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
                      include ihome.conf;
                    }
                    """);
            Process process = new ProcessBuilder(
                            program().orElseThrow().toString(), "-p", folder.toString(), "-c", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("logs/out.log").toFile())
                    .start();
            Await.until(() -> FreePorts.answers(port) || !process.isAlive());
            if (!process.isAlive()) {
                throw new IllegalStateException("nginx ended: " + Files.readString(folder.resolve("logs/out.log")));
            }
            return new Nginx(process, port, folder.resolve("logs/error.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The file that is given away for this, on other ports and with shorter times, as the tests' nodes have a shorter
     * grace; believing what a client says of its address, so that a test can be many; and limiting whom a request says
     * that it is limited as, and nobody else, since all tests together are one address.
     */
    private static String deployed(int port, List<Integer> nodes) throws IOException {
        String given = Files.readString(Path.of("..", "deploy", "nginx.conf"));
        String servers = nodes.stream()
                .map(node -> "server 127.0.0.1:" + node + " max_fails=1 fail_timeout=1s;")
                .collect(Collectors.joining("\n    "));
        String here = given.replace("listen 8080;", "listen 127.0.0.1:" + port + ";")
                .replaceFirst("server node1:8080 [^;]*;", servers)
                .replaceFirst("server node2:8080 [^;]*;", "")
                .replace("keepalive_timeout 5s;", "keepalive_timeout 1s;")
                .replace(
                        "$binary_remote_addr",
                        "$http_" + LIMITED_AS.toLowerCase(Locale.ROOT).replace('-', '_'))
                .replace("X-Forwarded-For $remote_addr;", "X-Forwarded-For $http_x_forwarded_for;");
        if (here.contains("8080;")
                || here.contains(":8080")
                || here.contains("remote_addr;")
                || here.contains("$binary_remote_addr")) {
            throw new IllegalStateException("deploy/nginx.conf has changed; change this with it");
        }
        return here;
    }

    public int port() {
        return port;
    }

    /** What it has written in its error log. */
    public String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
