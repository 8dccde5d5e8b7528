package ihome.cli;

import com.sun.management.OperatingSystemMXBean;
import ihome.AppConfig;
import ihome.ManagementAddress;
import ihome.platform.http.FileHandles;
import ihome.platform.http.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What {@code ./ihome doctor} looks at on this machine. */
final class MachineChecks {
    private static final long MEGABYTE = 1024 * 1024;
    /** PostgreSQL stops when it cannot write its log, 16 MB at a time. */
    private static final long LEAST_DISK = 256 * MEGABYTE;

    private static final long LITTLE_DISK = 2048 * MEGABYTE;
    private static final long LITTLE_MEMORY = 1024 * MEGABYTE;
    private static final Duration SOON = Duration.ofDays(14);
    private static final int PATIENCE_MILLIS = 2_000;

    private final AppConfig config;
    private final Clock clock;

    MachineChecks(AppConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Free, or taken by this program. */
    List<Finding> ports() {
        List<Finding> findings = new ArrayList<>();
        boolean tls = config.tls().isPresent();
        findings.add(port("port", config.host(), config.port(), tls));
        config.operation()
                .management()
                .ifPresent(address -> findings.add(port("management", address.host(), address.port(), false)));
        return findings;
    }

    private static Finding port(String what, String host, int port, boolean tls) {
        String place = new ManagementAddress(host, port).toString();
        if (port == 0) {
            return Finding.ok(what, "any free one");
        }
        try (ServerSocket socket = new ServerSocket()) {
            // As the server does: a port whose last connections are still dying is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return Finding.ok(what, place + " is free");
        } catch (IOException e) {
            return isOurs(host, port, tls)
                    ? Finding.ok(what, place + " is answered by a running iHome")
                    : Finding.failed(what, place + " cannot be listened on: " + e.getMessage());
        }
    }

    private static boolean isOurs(String host, int port, boolean tls) {
        if (tls) {
            return false; // The certificate is for the public name, which may lead elsewhere.
        }
        try {
            boolean all = InetAddress.getByName(host).isAnyLocalAddress();
            String address = new ManagementAddress(all ? "localhost" : host, port).toString();
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + address + "/health/live").toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            return connection.getResponseCode() == 200
                    && String.valueOf(connection.getContentType()).startsWith("application/json");
        } catch (IOException e) {
            return false;
        }
    }

    List<Finding> disk() {
        Path folder = BackupChecks.existing(config.data());
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String text = free / MEGABYTE + " MB free for " + config.data();
            if (!Files.isWritable(folder)) {
                return List.of(Finding.failed("disk", folder + " cannot be written to by this user"));
            }
            return List.of(
                    free < LEAST_DISK
                            ? Finding.failed("disk", text + ": the database stops when there is no space")
                            : free < LITTLE_DISK ? Finding.warning("disk", text) : Finding.ok("disk", text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Finding> memory() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long total = system.getTotalMemorySize();
        String text = total / MEGABYTE + " MB, of which Java's heap may have "
                + Runtime.getRuntime().maxMemory() / MEGABYTE + " MB";
        return List.of(total < LITTLE_MEMORY ? Finding.warning("memory", text) : Finding.ok("memory", text));
    }

    List<Finding> fileHandles() {
        int wanted = config.bounds().connections();
        int fitting = config.bounds().withinFileHandles(config.databasePool()).connections();
        return List.of(
                fitting < wanted
                        ? Finding.warning(
                                "file handles",
                                FileHandles.limit() + " (ulimit -n): at most " + fitting + " connections instead of "
                                        + wanted)
                        : Finding.ok("file handles", "enough for " + wanted + " connections"));
    }

    /** Whoever can read the keys can read what they encrypt. */
    List<Finding> fileModes() {
        List<Finding> findings = new ArrayList<>();
        List<Path> secrets = new ArrayList<>(List.of(config.data()));
        for (String name : List.of("identity.key", "cashier.key", "outbox.jsonl")) {
            secrets.add(config.data().resolve(name));
        }
        config.tls().map(TlsConfig::key).ifPresent(secrets::add);
        for (Path secret : secrets) {
            if (Files.exists(secret) && isOpenToOthers(secret)) {
                findings.add(Finding.failed(
                        "file modes", "every user of this machine can read " + secret + " (chmod o-rwx)"));
            }
        }
        return findings.isEmpty()
                ? List.of(Finding.ok("file modes", "keys and data are closed to other users"))
                : findings;
    }

    private static boolean isOpenToOthers(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    List<Finding> certificate() {
        if (config.tls().isEmpty()) {
            return List.of(Finding.skipped("certificate", "no --tls-certificate"));
        }
        Path file = config.tls().get().certificate();
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            Instant end = certificate.getNotAfter().toInstant();
            Instant now = clock.instant();
            String text = file + " is valid until " + end;
            return List.of(
                    now.isAfter(end) || now.isBefore(certificate.getNotBefore().toInstant())
                            ? Finding.failed("certificate", file + " is not valid now: until " + end)
                            : now.plus(SOON).isAfter(end)
                                    ? Finding.warning("certificate", text)
                                    : Finding.ok("certificate", text));
        } catch (IOException | CertificateException e) {
            return List.of(Finding.failed("certificate", file + " cannot be read: " + e.getMessage()));
        }
    }
}
