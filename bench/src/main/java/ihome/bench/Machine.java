package ihome.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this is measured on. */
final class Machine {
    private Machine() {}

    static String describe() {
        return "%d processors%s, %s MB of memory, Java %s, load before it began %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        field("/proc/cpuinfo", "model name"),
                        field("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "").replaceAll("...$", ""),
                        System.getProperty("java.version"),
                        LOAD);
    }

    /** At the start of the bench: what others were doing meanwhile. */
    static final String LOAD = load();

    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String field(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
