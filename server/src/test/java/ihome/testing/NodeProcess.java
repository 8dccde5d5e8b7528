package ihome.testing;

import ihome.Main;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ./ihome run} as a process of its own, to be stopped, killed and started again. */
public final class NodeProcess implements AutoCloseable {
    private final Process process;

    private NodeProcess(Process process) {
        this.process = process;
    }

    /** Returns once the node is ready; what it logs goes to the file. */
    public static NodeProcess start(Map<String, String> environment, Path log) throws IOException {
        return start(environment, log, "-Xmx256m");
    }

    /**
     * Returns once the node is ready; what it logs goes to the file.
     *
     * @param options of the virtual machine
     */
    public static NodeProcess start(Map<String, String> environment, Path log, String... options) throws IOException {
        Process process = builder(environment, List.of(options), List.of("run"))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        if (line == null || !line.startsWith("ready ")) {
            process.destroyForcibly();
            throw new IOException("the node did not become ready, see " + log);
        }
        return new NodeProcess(process);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Another command than {@code run}, on its way; what it says on standard error is in its output. */
    public static Process command(Map<String, String> environment, String... words) throws IOException {
        return builder(environment, List.of("-Xmx128m"), List.of(words))
                .redirectErrorStream(true)
                .start();
    }

    /** As {@link #start}, with a limit of file handles. */
    public static NodeProcess withFileHandles(int most, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder = builder(environment, List.of("-Xmx256m"), List.of("run"))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -n " + most + "; exec \"$@\"", "bash"));
        command.addAll(builder.command());
        Process process = builder.command(command).start();
        String line = process.inputReader().readLine();
        if (line == null || !line.startsWith("ready ")) {
            process.destroyForcibly();
            throw new IOException("the node did not become ready, see " + log);
        }
        return new NodeProcess(process);
    }

    /** As {@link #command}, of a program with other classes: {@code classes} in the place of this build's. */
    public static Process commandOf(Path classes, Map<String, String> environment, String... words) throws IOException {
        ProcessBuilder builder = builder(environment, List.of("-Xmx128m"), List.of(words));
        builder.command().replaceAll(word -> word.equals(classPath()) ? classPath(classes) : word);
        return builder.redirectErrorStream(true).start();
    }

    /** Where this build's classes and resources are. */
    public static Path classes() {
        return Path.of(URI.create(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static String classPath(Path classes) {
        Path present = classes().toAbsolutePath().normalize();
        return Stream.of(classPath().split(File.pathSeparator))
                .map(entry -> Path.of(entry).normalize().equals(present) ? classes.toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static ProcessBuilder builder(Map<String, String> environment, List<String> options, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), Main.class.getName()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        builder.environment().keySet().removeIf(name -> name.startsWith("IHOME_"));
        builder.environment().putAll(TestServer.MANY_ORDERS);
        builder.environment().put("IHOME_CASHIER_KEY", TestServer.CASHIER_KEY);
        builder.environment().putAll(environment);
        return builder;
    }

    /** The run's own may be relative to its working directory. */
    public static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** SIGTERM; the node goes on serving for its grace. */
    public void tellToStop() {
        process.destroy();
    }

    /** Waits for the end and returns the exit code. */
    public int end() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the node did not stop");
        }
        return process.exitValue();
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
