package ihome.platform.db.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second Java process that serves a folder, to be killed. */
final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private OtherProcess(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    static OtherProcess serving(Path folder) throws IOException {
        return serving(folder, List.of(), System.getProperty("java.class.path"));
    }

    /** Under another account and from another class path, as that account may not read ours. */
    static OtherProcess serving(Path folder, List<String> prefix, String classPath) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                classPath,
                ServeFolder.class.getName(),
                folder.toString()));
        return new OtherProcess(new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .start());
    }

    /** What it says first of being ready or refused; everything it said if it ended without that. */
    String answer() throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("ready ") || line.startsWith("refused ")) {
                return line;
            }
            said.append(line).append('\n');
        }
        return said.toString();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL: nothing is stopped or cleaned up. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Ends it as a stop of the program would. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
