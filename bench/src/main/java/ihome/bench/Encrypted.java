package ihome.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cached answers over TLS beside nginx with the same certificate and the same bytes, by h2load: HTTP/1.1 or HTTP/2. */
final class Encrypted implements Measurement {
    private static final List<String> PATHS = List.of("/api/v1.0/areas", "/api/v1.0/houses?aid=1&sk=new&p=1");
    private static final int CONNECTIONS = 64;
    private static final int STREAMS = 10;
    private static final int WARM_UP = 500_000;
    private static final Pattern RATE = Pattern.compile("finished in [^,]+, ([0-9.]+) req/s");
    private static final Pattern GOOD = Pattern.compile("0 failed, 0 errored, 0 timeout");
    private static final Pattern ONLY_SUCCESS = Pattern.compile("2xx, 0 3xx, 0 4xx, 0 5xx");

    private final boolean http2;

    Encrypted(boolean http2) {
        this.http2 = http2;
    }

    @Override
    public String name() {
        return http2 ? "http2" : "tls";
    }

    @Override
    public String title() {
        return "Cached answers over TLS beside nginx, HTTP/" + (http2 ? "2" : "1.1");
    }

    @Override
    public List<Figure> run(Context context) throws Exception {
        if (!Tool.require("h2load", "nghttp2-client") || !Tool.require("openssl", "openssl")) {
            throw new Skipped("needs h2load and openssl (Debian: apt-get install nghttp2-client openssl)");
        }
        Path folder = Files.createTempDirectory("ihome-bench-tls");
        try {
            return measure(context, certificate(folder));
        } finally {
            Folders.delete(folder);
        }
    }

    private List<Figure> measure(Context context, NginxPeer.Certificate certificate) throws Exception {
        Path data = Site.seeded(context, 10_000, 50_000);
        List<byte[]> bodies = new ArrayList<>();
        try (Site plain = Site.start(context, data)) {
            for (String path : PATHS) {
                bodies.add(plain.get(path));
            }
        }
        List<Figure> figures = new ArrayList<>();
        try (Site site = Site.start(
                        context,
                        data,
                        "--tls-certificate",
                        certificate.chain().toString(),
                        "--tls-key",
                        certificate.key().toString());
                NginxPeer nginx = new NginxPeer(certificate)) {
            for (int i = 0; i < PATHS.size(); i++) {
                String ours = site.url(PATHS.get(i));
                String theirs = nginx.serving(bodies.get(i));
                warm(ours);
                Samples we = new Samples();
                Samples they = new Samples();
                for (int round = 0; round < context.rounds(); round++) {
                    we.add(rate(ours, context.seconds()));
                    they.add(rate(theirs, context.seconds()));
                }
                figures.add(Figure.atLeast(
                                name(),
                                PATHS.get(i) + " beside nginx",
                                0.9,
                                we.over(they),
                                "×",
                                "./ihome bench --only " + name())
                        .noting("%,d bytes; ours %,.0f/s, nginx %,.0f/s"
                                .formatted(bodies.get(i).length, we.median(), they.median())));
            }
        }
        return figures;
    }

    /**
     * Until the server's code is compiled. By a number of requests: with a duration h2load (1.52) never ends when one of its
     * handshakes takes longer than that, as the first ones of a new process do.
     */
    private void warm(String url) {
        load(url, "-n" + WARM_UP);
    }

    /** Requests a second of one round. */
    private double rate(String url, double seconds) {
        String output = load(url, "-D" + Math.max(1, Math.round(seconds)));
        Matcher matcher = RATE.matcher(output);
        if (!matcher.find()
                || !GOOD.matcher(output).find()
                || !ONLY_SUCCESS.matcher(output).find()) {
            throw new IllegalStateException("not every answer of " + url + " was good:\n" + output);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private String load(String url, String howMuch) {
        List<String> command = new ArrayList<>(
                List.of(Tool.path("h2load"), "-t1", "-c" + CONNECTIONS, "-m" + (http2 ? STREAMS : 1), howMuch));
        if (!http2) {
            command.add("--h1");
        }
        command.add(url);
        return Tool.output(Map.of(), command.toArray(String[]::new));
    }

    private static NginxPeer.Certificate certificate(Path folder) throws IOException {
        Path chain = folder.resolve("chain.pem");
        Path key = folder.resolve("key.pem");
        Tool.output(
                Map.of(),
                Tool.path("openssl"),
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-keyout",
                key.toString(),
                "-out",
                chain.toString());
        return new NginxPeer.Certificate(chain, key);
    }
}
