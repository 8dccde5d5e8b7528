package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of {@code ./ihome bench} and {@code ./ihome soak} are no part of the Maven build: the launcher compiles them
 * when they are called. Here they are compiled as it does, against the server as it is, and their tests are run.
 */
final class BenchTest {
    private static final Path BENCH = Path.of("../bench/src");

    @TempDir
    private Path classes;

    @TestFactory
    List<DynamicTest> theyCompileAndTheirTestsPass() throws Exception {
        compile();
        ClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, BenchTest.class.getClassLoader());
        List<DynamicTest> tests = new ArrayList<>();
        for (Path source : sources(BENCH.resolve("test/java"))) {
            Class<?> type = loader.loadClass(BENCH.resolve("test/java")
                    .relativize(source)
                    .toString()
                    .replace('/', '.')
                    .replaceAll("\\.java$", ""));
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .forEach(method -> tests.add(
                            dynamicTest(type.getSimpleName() + "." + method.getName(), () -> run(type, method))));
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private static void run(Class<?> type, Method method) throws Throwable {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        method.setAccessible(true);
        try {
            method.invoke(constructor.newInstance());
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Protection: none of its own; a class that the server has renamed or closed was found by the next who measured. */
    private void compile() throws IOException {
        List<Path> sources = new ArrayList<>(sources(BENCH.resolve("main/java")));
        sources.addAll(sources(BENCH.resolve("test/java")));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            output,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-nowarn",
                                    "-XDignore.symbol.file",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(output.toString()).isTrue();
        }
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
