package ihome.site;

import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.FreePorts;
import ihome.testing.NodeProcess;
import ihome.testing.RawConnection;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * What others notice while somebody attacks: the time of their requests without and with silent connections, guessed
 * passwords, captchas, deep bodies and broken uploads, without the limits an address has. Server, attackers and visitors are
 * processes of their own on one machine, between which the system shares it. To be run by hand: the seconds of each part,
 * and the folders of compiled programs to compare (without: the one that it belongs to).
 */
public final class AbuseCost {
    private static final int SILENT = 400;
    private static final String CLASS_PATH = "java.class.path";

    private final int port;
    private final List<Long> houses = new ArrayList<>();
    private final ApiClient guest;

    private AbuseCost(int port) {
        this.port = port;
        this.guest = client();
    }

    private ApiClient client() {
        return new ApiClient(URI.create("http://127.0.0.1:" + port));
    }

    public static void main(String[] args) throws Exception {
        if (args.length == 3 && args[0].equals("attack")) {
            new Attack(Integer.parseInt(args[1]), args[2]).run();
        }
        int seconds = args.length == 0 ? 15 : Integer.parseInt(args[0]);
        String own = System.getProperty(CLASS_PATH);
        List<String> programs = args.length <= 1 ? List.of("") : List.of(args).subList(1, args.length);
        for (String program : programs) {
            System.out.println(program.isEmpty() ? "this program" : program);
            System.setProperty(CLASS_PATH, program + File.pathSeparator + own);
            measure(seconds);
        }
        System.exit(0);
    }

    private static void measure(int seconds) throws Exception {
        Path folder = Files.createTempDirectory("ihome-abuse-");
        int port = FreePorts.next();
        Map<String, String> environment = environment(folder, port);
        try (NodeProcess _ =
                NodeProcess.start(environment, folder.resolve("log"), "-Xmx512m", "-XX:TieredStopAtLevel=4")) {
            new AbuseCost(port).run(folder, seconds);
        }
    }

    /** Of a server with a database of its own. */
    public static Map<String, String> environment(Path folder, int port) {
        TestPostgres.Database database = TestPostgres.migratedDatabase();
        return Map.of(
                "IHOME_PORT",
                Integer.toString(port),
                "IHOME_DEV",
                "true",
                "IHOME_DATA",
                folder.toString(),
                "IHOME_DATABASE_URL",
                database.jdbcUrl() + "?user=" + database.user() + "&password=" + database.password(),
                "IHOME_TRUSTED_PROXIES",
                "127.0.0.1");
    }

    private void run(Path folder, int seconds) throws Exception {
        register(folder, guest);
        ApiClient host = client();
        register(folder, host);
        for (int i = 0; i < 50; i++) {
            houses.add(SampleHouse.house().publish(host));
        }
        others("warm-up", seconds);
        others("alone", seconds);
        List<RawConnection> silent = new ArrayList<>();
        for (int i = 0; i < SILENT; i++) {
            silent.add(RawConnection.to(port).send("GET /api/v1.0/areas HTTP/1.1\r\nHost: x\r\nX: "));
        }
        Process attackers = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty(CLASS_PATH),
                        AbuseCost.class.getName(),
                        "attack",
                        Integer.toString(port),
                        String.valueOf(guest.session()))
                .redirectErrorStream(true)
                .start();
        attackers.inputReader().readLine();
        others("attacked", seconds);
        attackers.outputWriter().close();
        System.out.println(attackers.inputReader().readLine());
        attackers.destroyForcibly();
        silent.forEach(RawConnection::close);
        others("alone again", seconds);
    }

    /** Registers with a server in that folder, which is a process of its own. */
    public static void register(Path folder, ApiClient client) throws IOException {
        String mobile = TestServer.newMobile();
        String id = UUID.randomUUID().toString();
        client.get("/imagecode/" + id).expectStatus(200);
        client.get("/smscode/" + mobile + "?id=" + id + "&text=" + last(folder, "id", id, "text"))
                .expect("0");
        Await.until(() -> !last(folder, "mobile", mobile, "code").isEmpty());
        client.post(
                        "/users",
                        Json.text(Map.of(
                                "mobile",
                                mobile,
                                "sms_code",
                                last(folder, "mobile", mobile, "code"),
                                "password",
                                TestServer.PASSWORD)))
                .expect("0");
    }

    /** What the outbox file has last in a field of the lines that have that value in another one. */
    private static String last(Path folder, String field, String value, String wanted) {
        String found = "";
        try {
            for (String line : Files.readAllLines(folder.resolve("outbox.jsonl"))) {
                JsonNode node = Json.parse(line);
                found = node.path(field).asString("").equals(value)
                        ? node.path(wanted).asString()
                        : found;
            }
        } catch (IOException | Json.MalformedJson unfinished) {
            return "";
        }
        return found;
    }

    /** The attackers' process: 32 without pause, until its input ends. */
    private static final class Attack {
        private final URI server;
        private final String session;
        private final AtomicLong attacks = new AtomicLong();

        Attack(int port, String session) {
            this.server = URI.create("http://127.0.0.1:" + port);
            this.session = session;
        }

        void run() throws IOException {
            for (int i = 0; i < 8; i++) {
                for (Runnable one : List.<Runnable>of(this::guess, this::captcha, this::deepBody, this::brokenUpload)) {
                    Thread.ofPlatform().daemon().start(() -> goOn(one));
                }
            }
            while (attacks.get() < 100) {
                LockSupport.parkNanos(10_000_000);
            }
            System.out.println("begun");
            long before = attacks.get();
            long start = System.nanoTime();
            var _ = System.in.read(); // until the other end is closed
            System.out.printf(
                    Locale.ROOT,
                    "%.0f attacks a second%n",
                    (attacks.get() - before) / ((System.nanoTime() - start) / 1e9));
            System.exit(0);
        }

        private void goOn(Runnable one) {
            while (true) {
                try {
                    one.run();
                } catch (RuntimeException | AssertionError refused) {
                    // As it should be.
                }
                attacks.incrementAndGet();
            }
        }

        private ApiClient anybody() {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            return new ApiClient(server)
                    .from("198." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256));
        }

        private void guess() {
            String mobile = "137%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
            anybody().post("/sessions", Json.text(Map.of("mobile", mobile, "password", "a wrong guess")));
        }

        private void captcha() {
            anybody().get("/imagecode/" + UUID.randomUUID());
        }

        private void deepBody() {
            anybody().post("/users", "{\"a\":" + "[".repeat(60_000));
        }

        private void brokenUpload() {
            anybody()
                    .session(session)
                    .send(
                            "POST",
                            "/user/avatar",
                            "multipart/form-data; boundary=x",
                            BodyPublishers.ofByteArray(new byte[200_000]));
        }
    }

    /** Four visitors who look at lists and houses, one who searches, and one who is logged in. */
    private void others(String when, int seconds) throws InterruptedException {
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        List<List<Long>> all = new ArrayList<>();
        List<Thread> visitors = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int visitor = i;
            List<Long> nanos = new ArrayList<>();
            all.add(nanos);
            visitors.add(Thread.ofPlatform().start(() -> visit(visitor, until, nanos)));
        }
        for (Thread each : visitors) {
            each.join();
        }
        tell(when + ", reading", all.subList(0, 4));
        tell(when + ", searching", all.subList(4, 5));
        tell(when + ", logged in", all.subList(5, 6));
    }

    private void visit(int visitor, long until, List<Long> nanos) {
        ApiClient client = client().from("203.0.113." + visitor);
        if (visitor == 5) {
            client.session(guest.session());
        }
        for (int i = 0; System.nanoTime() < until; i++) {
            long start = System.nanoTime();
            if (visitor == 5) {
                client.get("/user/orders").expect("0");
            } else if (visitor == 4) {
                int day = 10 + i % 20;
                client.get("/houses?sk=price-inc&sd=2027-03-" + day + "&p=" + (1 + i))
                        .expect("0");
            } else if (i % 2 == 0) {
                client.get("/houses?aid=1&p=" + (1 + i % 5)).expect("0");
            } else {
                client.get("/houses/" + houses.get(i % houses.size())).expect("0");
            }
            nanos.add(System.nanoTime() - start);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void tell(String what, List<List<Long>> parts) {
        long[] nanos = parts.stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%s: %d requests, p50 %.1f ms, p99 %.1f ms, slowest %.1f%n",
                what,
                nanos.length,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6,
                nanos[nanos.length - 1] / 1e6);
    }
}
