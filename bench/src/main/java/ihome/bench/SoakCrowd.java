package ihome.bench;

import ihome.bench.SoakClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The accounts of a soak: hosts with houses that are booked at once, and guests, who become more as it goes on. */
final class SoakCrowd {
    static final String PASSWORD = "lit-window-hutong";

    private static final int HOSTS = 12;
    private static final int HOUSES_EACH = 5;
    private static final int FIRST_GUESTS = 10;

    /** @param cookie of the session that its registration began */
    record Account(String mobile, String cookie) {}

    record House(long id, Account host) {}

    private final SoakClient client;
    private final Path outbox;
    private final AtomicInteger mobiles = new AtomicInteger((int) (System.currentTimeMillis() / 1_000 % 1_000_000) * 90);
    private final List<Account> guests = new CopyOnWriteArrayList<>();
    private final List<House> houses = new CopyOnWriteArrayList<>();

    SoakCrowd(SoakClient client, Path data) {
        this.client = client;
        this.outbox = data.resolve("outbox.jsonl");
    }

    /** The first hosts, houses and guests. */
    void settle() throws IOException {
        for (int i = 0; i < HOSTS; i++) {
            Account host = register();
            for (int j = 0; j < HOUSES_EACH; j++) {
                houses.add(new House(publish(host).data().path("house_id").asLong(), host));
            }
        }
        for (int i = 0; i < FIRST_GUESTS; i++) {
            join();
        }
    }

    /** One more guest. */
    void join() throws IOException {
        guests.add(register());
    }

    /** A house that accepts each order at once. */
    Answer publish(Account host) throws IOException {
        return good(client.post(
                "/houses",
                host.cookie(),
                Map.ofEntries(
                        Map.entry("title", "长跑用的小院"),
                        Map.entry("price", "388"),
                        Map.entry("address", "鼓楼东大街"),
                        Map.entry("area_id", 1),
                        Map.entry("room_count", 1),
                        Map.entry("acreage", 20),
                        Map.entry("unit", "一室"),
                        Map.entry("capacity", 2),
                        Map.entry("beds", "1"),
                        Map.entry("deposit", "500"),
                        Map.entry("min_days", 1),
                        Map.entry("max_days", 0),
                        Map.entry("instant_booking", true))));
    }

    Account guest(RandomGenerator random) {
        return guests.get(random.nextInt(guests.size()));
    }

    House house(RandomGenerator random) {
        return houses.get(random.nextInt(houses.size()));
    }

    int guests() {
        return guests.size();
    }

    /** As people do; captcha and code are in the outbox file. */
    private Account register() throws IOException {
        String mobile = "137%08d".formatted(mobiles.getAndIncrement() % 100_000_000);
        String id = UUID.randomUUID().toString();
        good(client.get("/imagecode/" + id, ""));
        String text = find(lastLine("\"id\":\"" + id), "\"text\":\"([^\"]+)");
        good(client.get("/smscode/" + mobile + "?text=" + text + "&id=" + id, ""));
        String code = find(lastLine(mobile), "\"code\":\"(\\d+)");
        Answer answer =
                good(client.post("/users", "", Map.of("mobile", mobile, "sms_code", code, "password", PASSWORD)));
        return new Account(mobile, answer.cookie());
    }

    private static Answer good(Answer answer) throws IOException {
        if (!answer.ok()) {
            throw new IOException(answer.toString());
        }
        return answer;
    }

    private String lastLine(String part) throws IOException {
        List<String> found = new ArrayList<>();
        for (String line : Files.readAllLines(outbox)) {
            if (line.contains(part)) {
                found.add(line);
            }
        }
        if (found.isEmpty()) {
            throw new IOException("not in the outbox file");
        }
        return found.getLast();
    }

    private static String find(String text, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IOException("not in the outbox file");
        }
        return matcher.group(1);
    }
}
