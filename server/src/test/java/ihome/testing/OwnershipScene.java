package ihome.testing;

import static ihome.testing.OwnershipScene.Who.GUEST;
import static ihome.testing.OwnershipScene.Who.HOST;
import static ihome.testing.OwnershipScene.Who.NOBODY;
import static ihome.testing.OwnershipScene.Who.OWNER;

import ihome.account.LogInContractTest;
import ihome.booking.Market;
import ihome.platform.json.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Five people, houses and orders in every state, and one request for each line of {@code ownership.txt}. */
public final class OwnershipScene implements AutoCloseable {
    /** Who asks; the columns of the table. */
    public enum Who {
        NOBODY,
        STRANGER,
        GUEST,
        HOST,
        OWNER
    }

    /**
     * What a request is about.
     *
     * @param photo one of the house, or the claim of the order
     */
    public record Things(long house, long order, long photo) {}

    /** One request; whoever sends it is logged in as who they are. */
    @FunctionalInterface
    interface Call {
        Reply by(ApiClient client, Things things);
    }

    /** Things that are not there. */
    public static final Things MISSING = new Things(999_999_999, 999_999_999, 999_999_999);

    private static final String ID_CARD = "11010519491231002X";

    final Market market = new Market(Map.of("IHOME_SESSION_DAYS", "365"));
    public final TestServer server = market.server;
    private final Map<Who, String> mobiles = new EnumMap<>(Who.class);
    private final Map<Who, String> sessions = new EnumMap<>(Who.class);
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final long house;
    private final long instant;
    private final String picture;

    /** More fields for every JSON body that follows; those that a body has already stay. */
    private Map<String, ?> extras = Map.of();

    private int names;
    private LocalDate first = Market.TODAY;
    private int nights;
    private Who asking = NOBODY;

    public OwnershipScene() {
        for (Who who : Who.values()) {
            String mobile = TestServer.newMobile();
            mobiles.put(who, mobile);
            if (who == HOST) {
                sessions.put(who, java.util.Objects.requireNonNull(market.host.session()));
            } else if (who != NOBODY) {
                sessions.put(
                        who,
                        java.util.Objects.requireNonNull(
                                server.registered(mobile).session()));
            }
        }
        house = market.house();
        instant = market.instantHouse();
        photo(house);
        picture = java.net
                .URI
                .create(market.host
                        .get("/houses/" + house)
                        .data()
                        .path("house")
                        .path("img_urls")
                        .path(0)
                        .asString())
                .getPath();
        accounts();
        houses();
        aliases();
        orders();
    }

    public ApiClient client(Who who) {
        return server.client().session(sessions.get(who));
    }

    public void adding(Map<String, ?> fields) {
        extras = fields;
    }

    /** Sends the request of a line with things made for it. */
    public Reply ask(Who who, String line) {
        Things things = prepare(line);
        return send(who, line, things);
    }

    /** Sends the request of a line about these things. */
    public Reply send(Who who, String line, Things things) {
        server.forgetLimits();
        asking = who;
        ApiClient client = client(who);
        Reply reply = call(line).by(client, things);
        if (who != NOBODY && client.session() != null) {
            sessions.put(who, client.session());
            if (who == HOST) {
                market.host.session(client.session());
            }
        }
        return reply;
    }

    private Call call(String line) {
        Call call = calls.get(line);
        if (call != null) {
            return call;
        }
        String path = line.substring(line.indexOf(' ') + 1);
        if (!line.startsWith("GET /") || path.startsWith("/api/")) {
            throw new AssertionError("OwnershipScene has no request for " + line);
        }
        String target = path.replace("{+key}", picture.substring("/media/".length()))
                .replace("{rest:(?!api(?:/|$)).*}", "nowhere")
                .replace("{name}", "app-1a2b.js")
                .replaceAll("\\{part:.*?}\\}", "1")
                .replaceAll("\\{id:.*?}\\}", Long.toString(house));
        return (client, _) -> client.get("/" + target);
    }

    /** A house or an order in the state that the line is about. */
    public Things prepare(String line) {
        if (line.endsWith(" down")) {
            long down = market.house();
            long photo = photo(down);
            market.host
                    .put("/houses/" + down + "/published", "{\"published\": false}")
                    .expect("0");
            return new Things(down, 0, photo);
        }
        if (line.contains("/images") || line.endsWith("/image")) {
            long own = market.house();
            return new Things(own, 0, photo(own));
        }
        if (line.contains("{order_id}") || line.endsWith("/reports")) {
            long order = order(line);
            long part =
                    line.contains("{claim_id}") ? claim(order) : line.contains("{change_id}") ? change(order, line) : 0;
            return new Things(house, order, part);
        }
        return new Things(house, 0, 0);
    }

    /** A house that everybody may see. */
    public Things houseThings() {
        return new Things(house, 0, 0);
    }

    private long order(String line) {
        if (line.endsWith("/status accept") || line.endsWith("reject") || line.endsWith("cancel")) {
            return book(house);
        }
        long order = book(instant);
        if (line.endsWith("/comment")
                || line.endsWith("-review")
                || line.endsWith("/reply")
                || line.endsWith("/reports")
                || line.contains("/claims")) {
            market.guest.session(sessions.get(GUEST));
            market.pay(order, "paid-" + order);
            server.advance(Duration.ofDays(nights + 2));
        }
        if (line.contains("/change")) {
            market.guest.session(sessions.get(GUEST));
            market.pay(order, "paid-" + order);
        }
        if (line.endsWith("/reply") || line.endsWith("/reports")) {
            guest().put("/orders/" + order + "/comment", Json.text(Map.of("comment", "住得很好")))
                    .expect("0");
        }
        return order;
    }

    /** For one adult more, asked for by the guest; dearer and accepted where it is to be paid. */
    private long change(long order, String line) {
        boolean payment = line.endsWith("/payment");
        Map<String, Object> body = payment
                ? Map.of("end_date", first.plusDays(++nights).toString())
                : Map.of("guests", Map.of("adults", 2));
        long change = client(GUEST)
                .post("/orders/" + order + "/changes", Json.text(body))
                .expect("0")
                .data()
                .path("change_id")
                .asLong();
        if (payment) {
            client(HOST)
                    .put("/orders/" + order + "/changes/" + change, Json.text(Map.of("action", "accept")))
                    .expect("0");
        }
        return change;
    }

    private long claim(long order) {
        return client(HOST)
                .post("/orders/" + order + "/claims", Json.text(Map.of("amount", 100, "reason", "台灯被打碎")))
                .expect("0")
                .data()
                .path("claim_id")
                .asLong();
    }

    private ApiClient guest() {
        return client(GUEST);
    }

    /** One night from tomorrow on that nobody has. */
    private long book(long of) {
        LocalDate night = nextNight();
        return Market.order(Market.book(guest(), of, night, night.plusDays(1)));
    }

    private LocalDate nextNight() {
        LocalDate today = LocalDate.ofInstant(server.clock().instant(), ZoneId.of("Asia/Shanghai"));
        if (nights > 0 && first.plusDays(nights).isAfter(today)) {
            return first.plusDays(nights++);
        }
        first = today;
        nights = 2;
        return today.plusDays(1);
    }

    private long photo(long of) {
        return market.host
                .upload("/houses/" + of + "/images", "house_image", SamplePicture.jpeg())
                .expect("0")
                .data()
                .path("image_id")
                .asLong();
    }

    private String body(Object... pairs) {
        Map<String, Object> body = new LinkedHashMap<>(extras);
        for (int i = 0; i < pairs.length; i += 2) {
            body.put((String) pairs[i], pairs[i + 1]);
        }
        return Json.text(body);
    }

    private void on(String line, Call call) {
        calls.put(line, call);
    }

    private String mobileOf(Who who) {
        return java.util.Objects.requireNonNull(mobiles.get(who));
    }

    /** Another session of somebody's, as they see it in their list. */
    private String sessionOf(Who who) {
        ApiClient another = server.client();
        LogInContractTest.logIn(another, mobileOf(who), TestServer.PASSWORD).expect("0");
        for (JsonNode each : another.get("/sessions").expect("0").data().path("sessions")) {
            if (each.path("current").asBoolean()) {
                return each.path("session_id").asString();
            }
        }
        throw new AssertionError("a session that is not in its own list");
    }

    private void accounts() {
        String api = "/api/v1.0";
        on("POST " + api + "/users", (client, _) -> {
            String mobile = TestServer.newMobile();
            String code = server.smsCode(server.client(), mobile);
            // Registering ends the session that asks for it: whoever is logged in here is somebody else.
            return (client.session() == null ? server.client() : server.registered())
                    .post("/users", body("mobile", mobile, "sms_code", code, "password", TestServer.PASSWORD));
        });
        on("POST " + api + "/users taken", (client, _) -> {
            String code = server.smsCode(server.client(), mobileOf(OWNER));
            return client.post(
                    "/users", body("mobile", mobileOf(OWNER), "sms_code", code, "password", TestServer.PASSWORD));
        });
        on("PUT " + api + "/users/password", (client, _) -> {
            String code = server.smsCode(server.client(), mobileOf(OWNER));
            String known = asking == OWNER ? code : code.equals("000000") ? "000001" : "000000";
            return client.put(
                    "/users/password",
                    body("mobile", mobileOf(OWNER), "sms_code", known, "password", TestServer.PASSWORD));
        });
        on("POST " + api + "/sessions", (client, _) -> {
            String password = asking == OWNER ? TestServer.PASSWORD : "the-wrong-password-1";
            return client.post("/sessions", body("mobile", mobileOf(OWNER), "password", password));
        });
        on("GET " + api + "/session", (client, _) -> client.get("/session"));
        on("DELETE " + api + "/session", (client, _) -> {
            ApiClient another = server.registered();
            return (client.session() == null ? client : another).delete("/session");
        });
        on("GET " + api + "/sessions", (client, _) -> client.get("/sessions"));
        on("DELETE " + api + "/sessions", (client, _) -> client.delete("/sessions"));
        on("DELETE " + api + "/sessions/{session_id}", (client, _) -> client.delete("/sessions/" + sessionOf(OWNER)));
        // Whoever erases an account has one that was made for it.
        on(
                "DELETE " + api + "/user",
                (client, _) -> (client.session() == null ? client : server.registered())
                        .send(
                                "DELETE",
                                "/user",
                                "application/json",
                                BodyPublishers.ofString(body("password", TestServer.PASSWORD))));
        on(
                "DELETE " + api + "/user wrong",
                (client, _) -> client.send(
                        "DELETE",
                        "/user",
                        "application/json",
                        BodyPublishers.ofString(body("password", "the-wrong-password-1"))));
        on("GET " + api + "/user/export", (client, _) -> client.get("/user/export"));
        on("GET " + api + "/user", (client, _) -> client.get("/user"));
        on(
                "POST " + api + "/user/auth",
                (client, _) -> client.post("/user/auth", body("real_name", "张晓明", "id_card", ID_CARD)));
        on("GET " + api + "/user/auth", (client, _) -> client.get("/user/auth"));
        on(
                "POST " + api + "/user/avatar",
                (client, _) -> client.upload("/user/avatar", "avatar", SamplePicture.jpeg()));
        on("PUT " + api + "/user/name", (client, _) -> client.put("/user/name", body("name", "新名字" + names++)));
        for (String old : List.of("", " wrong")) {
            on(
                    "PUT " + api + "/user/password" + old,
                    (client, _) -> client.put(
                            "/user/password",
                            body(
                                    "old_password",
                                    old.isEmpty() ? TestServer.PASSWORD : "the-wrong-password-1",
                                    "new_password",
                                    TestServer.PASSWORD)));
        }
        String favourites = api + "/user/favourites";
        on("GET " + favourites, (client, _) -> client.get("/user/favourites"));
        on(
                "POST " + favourites,
                (client, things) -> client.post("/user/favourites", body("house_ids", List.of(things.house()))));
        for (String state : List.of("", " down")) {
            on(
                    "PUT " + favourites + "/{house_id}" + state,
                    (client, things) -> client.put("/user/favourites/" + things.house(), body()));
        }
        on(
                "DELETE " + favourites + "/{house_id}",
                (client, things) -> client.delete("/user/favourites/" + things.house()));
        for (String own : List.of("houses", "houses/occupancy", "income", "notices", "orders", "waiting")) {
            on("GET " + api + "/user/" + own, (client, _) -> client.get("/user/" + own));
        }
        on("PUT " + api + "/user/notices/read", (client, _) -> client.put("/user/notices/read", body("notice_id", 1)));
        on("GET " + api + "/imagecode/{image_code_id}", (client, _) -> client.get("/imagecode/" + UUID.randomUUID()));
        on("GET " + api + "/smscode/{mobile}", (client, _) -> {
            String id = UUID.randomUUID().toString();
            server.captcha(server.client(), id);
            return client.get("/smscode/" + mobileOf(OWNER) + "?text=wrong!&id=" + id);
        });
    }

    /** The old names of some routes. */
    private void aliases() {
        String api = "/api/v1.0";
        on("GET " + api + "/house/index", (client, _) -> client.get("/house/index"));
        on(
                "GET " + api + "/image_codes/{image_code_id}",
                (client, _) -> client.get("/image_codes/" + UUID.randomUUID()));
        on("GET " + api + "/sms_codes/{mobile}", (client, _) -> {
            String id = UUID.randomUUID().toString();
            server.captcha(server.client(), id);
            return client.get("/sms_codes/" + mobileOf(OWNER) + "?image_code=wrong!&image_code_id=" + id);
        });
        on(
                "POST " + api + "/users/avatar",
                (client, _) -> client.upload("/users/avatar", "avatar", SamplePicture.jpeg()));
        on("PUT " + api + "/users/name", (client, _) -> client.put("/users/name", body("name", "旧名字" + names++)));
        on(
                "POST " + api + "/users/auth",
                (client, _) -> (client.session() == null ? client : server.registered())
                        .post("/users/auth", body("real_name", "张晓明", "id_card", ID_CARD)));
        on("GET " + api + "/users/auth", (client, _) -> client.get("/users/auth"));
        on(
                "POST " + api + "/houses/info",
                (client, _) -> client.post("/houses/info", SampleHouse.house().json()));
        for (String state : List.of("", " down")) {
            on(
                    "POST " + api + "/houses/image" + state,
                    (client, things) -> client.upload(
                            "/houses/image",
                            "house_image",
                            SamplePicture.jpeg(),
                            Map.of("house_id", Long.toString(things.house()))));
        }
    }

    private void houses() {
        String one = "/api/v1.0/houses/{house_id}";
        for (String all : List.of("areas", "cities", "houses", "houses/index")) {
            on("GET /api/v1.0/" + all, (client, _) -> client.get("/" + all));
        }
        on("POST /api/v1.0/houses", (client, _) -> client.post("/houses", house()));
        for (String state : List.of("", " down")) {
            on("GET " + one + state, (client, things) -> client.get("/houses/" + things.house()));
            on(
                    "GET " + one + "/calendar" + state,
                    (client, things) -> client.get("/houses/" + things.house() + "/calendar"));
            on("GET " + one + "/host" + state, (client, things) -> client.get("/houses/" + things.house() + "/host"));
            on(
                    "GET " + one + "/quote" + state,
                    (client, things) -> client.get("/houses/" + things.house() + "/quote?start_date=" + tomorrow()
                            + "&end_date=" + tomorrow()));
            on(
                    "PUT " + one + state,
                    (client, things) -> client.put("/houses/" + things.house(), body("title", "换了名字")));
            on(
                    "PUT " + one + "/published" + state,
                    (client, things) ->
                            client.put("/houses/" + things.house() + "/published", body("published", state.isEmpty())));
            on(
                    "PUT " + one + "/seasons" + state,
                    (client, things) -> client.put("/houses/" + things.house() + "/seasons", "[]"));
            on(
                    "PUT " + one + "/calendar" + state,
                    (client, things) -> client.put(
                            "/houses/" + things.house() + "/calendar",
                            body("start_date", tomorrow(), "end_date", tomorrow(), "action", "price", "price", 100)));
            on(
                    "POST " + one + "/images" + state,
                    (client, things) -> client.upload(
                            "/houses/" + things.house() + "/images", "house_image", SamplePicture.jpeg()));
            on(
                    "PUT " + one + "/images/order" + state,
                    (client, things) -> client.put(
                            "/houses/" + things.house() + "/images/order", body("image_ids", List.of(things.photo()))));
            on(
                    "DELETE " + one + "/images/{image_id}" + state,
                    (client, things) -> client.delete("/houses/" + things.house() + "/images/" + things.photo()));
            String own = "GET /api/v1.0/user/houses/{house_id}";
            on(own + state, (client, things) -> client.get("/user/houses/" + things.house()));
            on(
                    own + "/calendar" + state,
                    (client, things) -> client.get("/user/houses/" + things.house() + "/calendar"));
        }
    }

    private String house() {
        try {
            Map<String, Object> fields = new LinkedHashMap<>(extras);
            JsonNode sample = Json.parse(SampleHouse.house().json());
            sample.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            return Json.text(fields);
        } catch (Json.MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    String tomorrow() {
        return LocalDate.ofInstant(server.clock().instant(), ZoneId.of("Asia/Shanghai"))
                .plusDays(200)
                .toString();
    }

    private void orders() {
        String one = "/api/v1.0/orders/{order_id}";
        on("POST /api/v1.0/orders", (client, things) -> {
            String night = nextNight().toString();
            return client.post("/orders", body("house_id", things.house(), "start_date", night, "end_date", night));
        });
        on("GET " + one, (client, things) -> client.get("/orders/" + things.order()));
        for (String action : List.of("accept", "reject", "cancel")) {
            on(
                    "PUT " + one + "/status " + action,
                    (client, things) -> client.put(
                            "/orders/" + things.order() + "/status", body("action", action, "reason", "行程有变")));
        }
        on(
                "PUT " + one + "/status cancel unpaid",
                (client, things) -> client.put(
                        "/orders/" + things.order() + "/status", body("action", "cancel", "reason", "行程有变")));
        on(
                "GET " + one + "/refund-preview",
                (client, things) -> client.get("/orders/" + things.order() + "/refund-preview"));
        on(
                "POST " + one + "/payment",
                (client, things) -> client.post("/orders/" + things.order() + "/payment", body()));
        on(
                "PUT " + one + "/comment",
                (client, things) -> client.put("/orders/" + things.order() + "/comment", body("comment", "住得很好")));
        on(
                "PUT " + one + "/guest-review",
                (client, things) -> client.put("/orders/" + things.order() + "/guest-review", body("stars", 5)));
        on(
                "POST /api/v1.0/reports",
                (client, things) ->
                        client.post("/reports", body("kind", "review", "id", things.order(), "reason", "untrue")));
        on(
                "PUT " + one + "/reply",
                (client, things) -> client.put("/orders/" + things.order() + "/reply", body("reply", "欢迎再来")));
        on(
                "GET " + one + "/change-preview",
                (client, things) -> client.get("/orders/" + things.order() + "/change-preview?adults=2"));
        on(
                "POST " + one + "/changes",
                (client, things) ->
                        client.post("/orders/" + things.order() + "/changes", body("guests", Map.of("adults", 2))));
        for (String action : List.of("accept", "withdraw")) {
            on(
                    "PUT " + one + "/changes/{change_id} " + action,
                    (client, things) -> client.put(
                            "/orders/" + things.order() + "/changes/" + things.photo(), body("action", action)));
        }
        on(
                "POST " + one + "/changes/{change_id}/payment",
                (client, things) ->
                        client.post("/orders/" + things.order() + "/changes/" + things.photo() + "/payment", body()));
        on("GET " + one + "/occupants", (client, things) -> client.get("/orders/" + things.order() + "/occupants"));
        on(
                "PUT " + one + "/occupants",
                (client, things) -> client.put(
                        "/orders/" + things.order() + "/occupants",
                        body(
                                "occupants",
                                List.of(Map.of("name", "王小明", "id_type", "passport", "id_number", "E12345678")))));
        on(
                "POST " + one + "/claims",
                (client, things) ->
                        client.post("/orders/" + things.order() + "/claims", body("amount", 100, "reason", "台灯被打碎")));
        on(
                "PUT " + one + "/claims/{claim_id}",
                (client, things) -> client.put(
                        "/orders/" + things.order() + "/claims/" + things.photo(), body("action", "accept")));
        String forged = "out_trade_no=20260601_1_00&trade_status=TRADE_SUCCESS&total_amount=1.00&sign=AAAA";
        String form = "application/x-www-form-urlencoded";
        on(
                "POST /api/v1.0/payment",
                (client, _) -> client.send("POST", "/payment", form, BodyPublishers.ofString(forged)));
        on(
                "PUT /api/v1.0/order/payment",
                (client, _) -> client.send("PUT", "/order/payment", form, BodyPublishers.ofString(forged)));
        on("GET /cashier", (client, _) -> client.get("//cashier?" + forged));
        on("POST /cashier", (client, _) -> client.send("POST", "//cashier", form, BodyPublishers.ofString(forged)));
    }

    @Override
    public void close() {
        market.close();
    }
}
