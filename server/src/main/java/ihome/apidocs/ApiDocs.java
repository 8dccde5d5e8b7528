package ihome.apidocs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /openapi.yaml} and the browsable page {@code /docs}: which paths there are, and what each answers. */
public final class ApiDocs {
    /**
     * The policy for {@code /docs} and what is under it. Neither scripts nor styles are inline; Swagger UI has its
     * icons as data URLs.
     */
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; "
            + "style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";

    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    /** The only paths there are, each with where it lies on the class path. */
    private static final Map<String, Source> SOURCES = sources();

    private static final Map<String, Resource> LOADED = new ConcurrentHashMap<>();

    private ApiDocs() {}

    /**
     * What a path answers. Each file is read once, when it is first asked for.
     *
     * @param path the path of the request without its query, decoded or not: only exact names are found
     * @return empty for every path that is not part of the documentation
     */
    public static Optional<Resource> find(String path) {
        Source source = SOURCES.get(path);
        return source == null ? Optional.empty() : Optional.of(LOADED.computeIfAbsent(path, _ -> source.load()));
    }

    /** Every path that {@link #find} knows. */
    public static Set<String> paths() {
        return SOURCES.keySet();
    }

    private static Map<String, Source> sources() {
        String swagger = "/META-INF/resources/webjars/swagger-ui/" + swaggerVersion() + "/";
        Source index = new Source("/ihome/apidocs/index.html", HTML);
        return Map.of(
                "/openapi.yaml", new Source("/api/openapi.yaml", "application/yaml; charset=utf-8"),
                "/docs", index,
                "/docs/", index,
                "/docs/initializer.js", new Source("/ihome/apidocs/initializer.js", SCRIPT),
                "/docs/swagger-ui-bundle.js", new Source(swagger + "swagger-ui-bundle.js", SCRIPT),
                "/docs/swagger-ui.css", new Source(swagger + "swagger-ui.css", STYLE),
                "/docs/favicon-32x32.png", new Source(swagger + "favicon-32x32.png", "image/png"));
    }

    /** The version is part of the folder's name; the library says itself which one it is. */
    private static String swaggerVersion() {
        try (InputStream in = open("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            Properties library = new Properties();
            library.load(in);
            return library.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        InputStream in = ApiDocs.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("not on the class path: " + name);
        }
        return in;
    }

    private record Source(String name, String contentType) {
        Resource load() {
            try (InputStream in = open(name)) {
                return new Resource(in.readAllBytes(), contentType);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One file with the headers it is served with. */
    public static final class Resource {
        private final byte[] bytes;
        private final String contentType;
        private final String etag;

        private Resource(byte[] bytes, String contentType) {
            this.bytes = bytes;
            this.contentType = contentType;
            this.etag = '"' + sha256(bytes).substring(0, 32) + '"';
        }

        /** The content itself, not a copy: it is shared by all requests and must not be changed. */
        public byte[] bytes() {
            return bytes;
        }

        public String contentType() {
            return contentType;
        }

        /** The names carry no version, so a client has to ask each time; with {@link #etag()} that costs a 304. */
        public String cacheControl() {
            return "no-cache";
        }

        /** A strong entity tag, in its quotes (RFC 9110, 8.8.3). */
        public String etag() {
            return etag;
        }

        private static String sha256(byte[] bytes) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
