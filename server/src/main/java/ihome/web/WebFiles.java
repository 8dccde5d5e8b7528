package ihome.web;

import ihome.platform.responsecache.CachedResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of the built web app, from the class path: {@code /web/files.txt} names them, and beside a file may lie the
 * same one compressed ({@code .br}, {@code .gz}). All are in memory; together they are some hundred kilobytes.
 */
public final class WebFiles {
    private static final String ROOT = "/web/";
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "jpg", "image/jpeg",
            "woff2", "font/woff2",
            "webmanifest", "application/manifest+json; charset=utf-8",
            "json", "application/json; charset=utf-8");

    /** The names of these files carry a hash of their content. */
    private static final String ASSETS = "assets/";

    /** Checked at each visit: it decides what the others may do. */
    private static final String WORKER = "worker.js";

    private final Map<String, CachedResponse> files;
    private final Map<String, String> scripts;

    private WebFiles(Map<String, CachedResponse> files, Map<String, String> scripts) {
        this.files = Map.copyOf(files);
        this.scripts = Map.copyOf(scripts);
    }

    /** What was built into this server; nothing where the server was built alone. */
    public static WebFiles load() {
        byte[] names = read("files.txt");
        Map<String, CachedResponse> files = new HashMap<>();
        if (names != null) {
            for (String name : new String(names, StandardCharsets.UTF_8).lines().toList()) {
                byte[] plain = read(name);
                if (plain == null) {
                    throw new IllegalStateException("the web app's " + name + " is not in the jar");
                }
                files.put(name, file(name, plain));
            }
        }
        return new WebFiles(files, scripts());
    }

    /** {@code views.txt} has a line a view: its name, then its files. */
    private static Map<String, String> scripts() {
        byte[] views = read("views.txt");
        Map<String, String> scripts = new HashMap<>();
        if (views != null) {
            for (String line : new String(views, StandardCharsets.UTF_8).lines().toList()) {
                String[] words = line.split(" ", -1);
                StringBuilder tags = new StringBuilder();
                for (int at = 1; at < words.length; at++) {
                    tags.append(
                            words[at].endsWith(".css") ? "<link rel=\"stylesheet\"" : "<link rel=\"modulepreload\"");
                    tags.append(" crossorigin href=\"/").append(words[at]).append("\" />\n");
                }
                scripts.put(words[0], tags.toString());
            }
        }
        return scripts;
    }

    /** Tags that fetch a view's own scripts and styles along with the page; empty for a view without any. */
    String scriptsOf(String view) {
        return scripts.getOrDefault(view, "");
    }

    private static CachedResponse file(String name, byte[] plain) {
        boolean asset = name.startsWith(ASSETS);
        return CachedResponse.file(
                asset ? "/assets/{name}" : "/" + name,
                typeOf(name),
                List.of(
                        Map.entry(
                                "Cache-Control",
                                asset
                                        ? "public, max-age=31536000, immutable"
                                        : name.equals(WORKER) ? "no-cache" : "public, max-age=3600"),
                        Map.entry("X-Content-Type-Options", "nosniff")),
                plain,
                read(name + ".br"),
                read(name + ".gz"));
    }

    /** A file by its name, such as {@code assets/index-BzC1.js}. */
    Optional<CachedResponse> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** Names of the files that lie beside the page itself: icons, the manifest. */
    Iterable<String> besideThePage() {
        return files.keySet().stream()
                .filter(name -> !name.contains("/") && !name.equals("index.html"))
                .sorted()
                .toList();
    }

    private static String typeOf(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static byte @Nullable [] read(String name) {
        try (InputStream in = WebFiles.class.getResourceAsStream(ROOT + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
