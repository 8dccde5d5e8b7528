package ihome.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs that are not ours. */
final class Tool {
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/lib/postgresql/18/bin");

    private Tool() {}

    static boolean isThere(String name) {
        return !path(name).isEmpty();
    }

    /** Where a program is; empty when it is not there. */
    static String path(String name) {
        String search = System.getenv().getOrDefault("PATH", "") + ":" + String.join(":", FOLDERS);
        return Arrays.stream(search.split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
    }

    /** Installs what is missing where that is possible; says so where it is not. */
    static boolean require(String program, String debianPackage) {
        if (isThere(program)) {
            return true;
        }
        if (isThere("apt-get") && "root".equals(System.getProperty("user.name"))) {
            System.err.println("bench: installing " + debianPackage);
            run(Map.of("DEBIAN_FRONTEND", "noninteractive"), "apt-get", "install", "-y", "-q", debianPackage);
        }
        return isThere(program);
    }

    record Outcome(int code, String output) {}

    /** Runs a program to its end, both outputs together. */
    static Outcome run(Map<String, String> environment, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(1, TimeUnit.MINUTES);
            return new Outcome(process.exitValue(), output);
        } catch (IOException e) {
            return new Outcome(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String output(Map<String, String> environment, String... command) {
        Outcome outcome = run(environment, command);
        if (outcome.code() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + outcome.output());
        }
        return outcome.output();
    }
}
