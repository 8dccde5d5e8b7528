package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ihome.booking.Market;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.HostileRequests;
import ihome.testing.HostileRequests.Case;
import ihome.testing.LogWatch;
import ihome.testing.Reply;
import ihome.testing.SamplePicture;
import ihome.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Everything that the API document describes, asked wrongly: never a 500 nor a word of the server's inside, every answer
 * as documented, and after a refusal the database is as it was. A sample with a printed seed; all of it with
 * {@code -Dihome.hostile=all}, the same sample with {@code -Dihome.hostile.seed=N}.
 */
@Tag("slow")
class HostileRequestsTest {
    private static final int SAMPLE = 1_500;

    /** What a stack trace, a driver or a template would show. */
    private static final Pattern INSIDE = Pattern.compile(
            "Exception|\\bat ihome\\.|java\\.|jdbi|org\\.postgresql|SQLSTATE|ERROR:|io\\.netty|jackson|\\b49\\b\\}\\}",
            Pattern.CASE_INSENSITIVE);

    /** What counts requests, or is used up by a wrong one on purpose; and what the server does beside them. */
    private static final Set<String> COUNTING = Set.of("rate_limit", "ephemeral", "outbox", "identity_key_node");

    private final Market market = new Market();
    private String fingerprint = "";
    private long house;
    private long order;
    private long photo;
    private String picture = "";
    private int day;
    private @Nullable String query;

    @AfterEach
    void stop() {
        market.close();
    }

    @Test
    void nothingBreaksAndNothingIsStored() {
        long seed = Long.getLong("ihome.hostile.seed", System.nanoTime());
        List<Case> cases = new ArrayList<>(HostileRequests.all());
        boolean whole = "all".equals(System.getProperty("ihome.hostile"));
        int count = whole ? cases.size() : Math.min(SAMPLE, cases.size());
        System.out.println("hostile requests: " + count + " of " + cases.size() + ", seed " + seed);
        Collections.shuffle(cases, new Random(seed));
        List<String> wrong = new ArrayList<>();
        aLeakWouldBeSeen();
        try (LogWatch log = new LogWatch("ihome", Level.ERROR)) {
            begin();
            for (Case each : cases.subList(0, count)) {
                String failure = failure(each, log);
                if (failure != null) {
                    wrong.add(each.operation().name() + " [" + each.what() + "]: " + failure);
                }
            }
        }
        assertThat(wrong).as("seed " + seed).isEmpty();
    }

    /** A house with a photo and an order that waits for its host. */
    private void begin() {
        house = market.house();
        photo = market.host
                .upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg())
                .expect("0")
                .data()
                .path("image_id")
                .asLong();
        LocalDate night = Market.TODAY.plusDays(1 + day++ % 300);
        order = Market.order(Market.book(market.guest, house, night, night.plusDays(1)));
        picture = java.net
                .URI
                .create(market.guest
                        .get("/houses/" + house)
                        .data()
                        .path("house")
                        .path("img_urls")
                        .path(0)
                        .asString())
                .getPath();
        fingerprint = fingerprint();
    }

    /** What is wrong with the answer; null when nothing is. */
    private @Nullable String failure(Case each, LogWatch log) {
        // Past the server on purpose: nothing that it keeps depends on it.
        server().database().withConnection(handle -> handle.execute("delete from rate_limit"));
        boolean orders = each.operation().path().contains("/order")
                && !each.operation().path().endsWith("/reply");
        ApiClient client = server().client().session((orders ? market.guest : market.host).session());
        Map.Entry<String, String> header = each.header();
        if (header != null) {
            client.with(header.getKey(), header.getValue());
            if (header.getKey().equals("Cookie")) {
                client.session(null);
            }
        }
        Reply reply;
        try {
            reply = client.send(
                    each.operation().method(),
                    "/" + filled(each.path()),
                    each.mediaType(),
                    each.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(each.body()));
        } catch (AssertionError e) {
            return e.getMessage();
        }
        if (reply.status() >= 500) {
            return "status " + reply.status();
        }
        List<String> errors = log.takeMessages();
        if (!errors.isEmpty()) {
            return "logged " + String.join("; ", errors);
        }
        boolean json = reply.header("Content-Type").startsWith("application/json");
        if (json && (reply.status() != 200 || !reply.errno().equals("0"))) {
            var inside = INSIDE.matcher(reply.text());
            if (inside.find()) {
                return "tells " + reply.text();
            }
            String changed = each.operation().method().equals("GET") ? "" : changed();
            if (!changed.isEmpty()) {
                begin();
                return "refused, and yet something was stored in" + changed + ": " + reply.text();
            }
        } else if (!each.operation().method().equals("GET")) {
            afterSuccess(client, orders);
        } else if (each.operation().path().contains("/user/")
                || each.operation().path().endsWith("/users/auth")) {
            fingerprint = fingerprint(); // who reads identity data is on record
        }
        return null;
    }

    /** What was asked for happened, hostile or not: the next request finds everything anew. */
    private void afterSuccess(ApiClient client, boolean orders) {
        ApiClient who = orders ? market.guest : market.host;
        if (client.session() == null || client.get("/user").errno().equals("4101")) {
            server().registered(who, TestServer.newMobile());
        } else {
            who.session(client.session());
            if (who.get("/user").errno().equals("4101")) {
                server().registered(who, TestServer.newMobile());
            }
        }
        begin();
    }

    private String filled(String path) {
        String[] parts = picture.split("/", -1);
        return path.replace("{house_id}", Long.toString(house))
                .replace("{order_id}", Long.toString(order))
                .replace("{image_id}", Long.toString(photo))
                .replace("{claim_id}", "1")
                .replace("{change_id}", "1")
                .replace("{mobile}", "13811223344")
                .replace("{image_code_id}", UUID.randomUUID().toString())
                .replace("{kind}", parts[2])
                .replace("{folder}", parts[3])
                .replace("{file}", parts[4])
                .replace("{session_id}", "0".repeat(32));
    }

    private TestServer server() {
        return market.server;
    }

    /** The tables that are not as they were. */
    private String changed() {
        List<String> before = List.of(fingerprint.split(","));
        return Stream.of(fingerprint().split(","))
                .filter(table -> !before.contains(table))
                .map(table -> " " + table.split("=", 2)[0])
                .collect(Collectors.joining());
    }

    /** A digest of every row of each table that only requests change. */
    private String fingerprint() {
        String all = query;
        if (all == null) {
            all = server()
                    .texts("select table_name from information_schema.tables where table_schema = current_schema()"
                            + " and table_type = 'BASE TABLE' order by 1")
                    .stream()
                    .filter(table -> !COUNTING.contains(table) && !table.startsWith("flyway"))
                    .map(table -> "select '" + table
                            + "=' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest from "
                            + table + " t")
                    .collect(Collectors.joining(" union all ", "select string_agg(digest, ',') from (", ") d"));
        }
        query = all;
        return server().text(all);
    }

    /** The test itself: what it looks for would be seen. */
    private static void aLeakWouldBeSeen() {
        assertThat(INSIDE.matcher("{\"errmsg\":\"org.postgresql.util.PSQLException: ERROR: x\"}")
                        .find())
                .isTrue();
        assertThat(INSIDE.matcher(Json.text(Map.of("errno", "4103", "errmsg", "请填写价格")))
                        .find())
                .isFalse();
    }
}
