package ihome.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server's process holds at a moment, from Linux's {@code /proc}.
 *
 * @param residentMegabytes before the collection that the next figure asks for
 * @param heapMegabytes what is left of the heap after a full collection
 * @param handles open files and sockets, without the visitors' connections: a crowd that has waited leaves some dozens, which
 *     its client keeps in use one after the other for as long as visitors come
 * @param databaseConnections of all processes of PostgreSQL's that serve the site
 */
record SoakSample(
        double minute,
        long process,
        double residentMegabytes,
        double heapMegabytes,
        int handles,
        int threads,
        int databaseConnections,
        SoakTally.Minute load) {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    static SoakSample of(Site site, double minute, SoakTally.Minute load) throws IOException {
        long process = site.processId();
        Path proc = Path.of("/proc/" + process);
        double resident = site.residentMegabytes();
        int threads = Integer.parseInt(Files.readAllLines(proc.resolve("status")).stream()
                .filter(line -> line.startsWith("Threads:"))
                .findFirst()
                .orElseThrow()
                .replaceAll("[^0-9]", ""));
        return new SoakSample(
                minute, process, resident, heap(process), handles(proc, site), threads, connections(site), load);
    }

    private static int count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return (int) files.count();
        }
    }

    private static int handles(Path proc, Site site) throws IOException {
        int port = URI.create(site.url("")).getPort();
        int visitors = 0;
        for (String table : List.of("net/tcp", "net/tcp6")) {
            if (Files.exists(proc.resolve(table))) {
                visitors += connectionsTo(port, Files.readAllLines(proc.resolve(table)));
            }
        }
        return count(proc.resolve("fd")) - visitors;
    }

    /** Of the lines of {@code /proc/net/tcp}, those of connections that somebody has made to a port. */
    static int connectionsTo(int port, List<String> lines) {
        Pattern established = Pattern.compile(" *\\d+: [0-9A-F]+:%04X [0-9A-F]+:[0-9A-F]{4} 01 .*".formatted(port));
        return (int) lines.stream().filter(line -> established.matcher(line).matches()).count();
    }

    /** What is reachable, counted after a full collection and before anything else may run. */
    private static double heap(long process) {
        Matcher total = TOTAL.matcher(command(process, "GC.class_histogram"));
        return total.find() ? Double.parseDouble(total.group(1)) / 1024 / 1024 : Double.NaN;
    }

    private static String command(long process, String command) {
        return Tool.output(
                Map.of(),
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process),
                command);
    }

    private static int connections(Site site) {
        return (int) site.postmaster().stream()
                .flatMap(ProcessHandle::children)
                .filter(child -> name(child).startsWith("postgres: ihome: ihome "))
                .count();
    }

    private static String name(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // It has ended.
        }
    }
}
