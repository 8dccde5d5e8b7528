package ihome.bench;

import ihome.bench.SoakClient.Answer;
import ihome.bench.SoakCrowd.Account;
import ihome.bench.SoakCrowd.House;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/** Visits at a steady rate, whatever the site does: some look around, some search, book, pay, comment, log in or upload. */
final class SoakVisitors implements AutoCloseable {
    private static final int MOST_AT_ONCE = 128;
    private static final int SEEDED_AREAS = 16;
    private static final List<String> SORTS = List.of("new", "booking", "price-inc", "price-des");
    /** Refusals that a visitor has to expect: taken nights, a state that somebody else's step or the clock has changed. */
    private static final Set<String> NO_LUCK = Set.of("4002", "4004", "4201");

    /** One kind of visit, and how many of a thousand are of it. */
    private enum Visit {
        LOOK(380),
        SEARCH(280),
        BOOK(90),
        ORDERS(60),
        CALENDAR(60),
        FAVOURITE(40),
        LOG_IN(25),
        CAPTCHA(25),
        PHOTO(15),
        COMMENT(15),
        PUBLISH(5),
        REGISTER(5);

        private final int share;

        Visit(int share) {
            this.share = share;
        }

        static Visit choose(ThreadLocalRandom random) {
            int left = random.nextInt(1_000);
            for (Visit visit : values()) {
                left -= visit.share;
                if (left < 0) {
                    return visit;
                }
            }
            return LOOK;
        }
    }

    private interface Request {
        Answer send() throws IOException;
    }

    private final SoakClient client;
    private final SoakCrowd crowd;
    private final SoakTally tally;
    private final LongPredicate disturbed;
    private final Supplier<LocalDate> today;
    private final int seededHouses;
    private final byte[] photo = photo();
    private final Set<Long> booked = ConcurrentHashMap.newKeySet();
    private final ExecutorService visits = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final Thread door;
    private volatile boolean closed;

    /** @param disturbed whether a request sent at this {@link System#nanoTime} may have met a fault that was made on purpose */
    SoakVisitors(
            SoakClient client,
            SoakCrowd crowd,
            SoakTally tally,
            LongPredicate disturbed,
            Supplier<LocalDate> today,
            int seededHouses,
            double perSecond) {
        this.client = client;
        this.crowd = crowd;
        this.tally = tally;
        this.disturbed = disturbed;
        this.today = today;
        this.seededHouses = seededHouses;
        this.door = Thread.ofPlatform().name("door").daemon().start(() -> letIn(perSecond));
    }

    /** The orders that were acknowledged. */
    Set<Long> booked() {
        return Set.copyOf(booked);
    }

    private void letIn(double perSecond) {
        long next = System.nanoTime();
        while (!closed) {
            next += (long) (-Math.log(1 - ThreadLocalRandom.current().nextDouble()) * 1e9 / perSecond);
            LockSupport.parkNanos(next - System.nanoTime());
            if (System.nanoTime() < next) {
                continue;
            }
            if (!room.tryAcquire()) {
                tally.failed("a visitor", "found " + MOST_AT_ONCE + " waiting", disturbed.test(System.nanoTime()));
                continue;
            }
            visits.execute(() -> {
                try {
                    visit(Visit.choose(ThreadLocalRandom.current()), ThreadLocalRandom.current());
                } finally {
                    room.release();
                }
            });
        }
    }

    private void visit(Visit visit, ThreadLocalRandom random) {
        switch (visit) {
            case LOOK -> look(random);
            case SEARCH -> search(random);
            case BOOK -> book(random);
            case ORDERS -> ask("orders", () -> client.get("/user/orders", crowd.guest(random).cookie()));
            case CALENDAR -> ask("calendar", () -> client.get("/houses/" + anyHouse(random) + "/calendar", ""));
            case FAVOURITE -> favourite(random);
            case LOG_IN -> logIn(random);
            case CAPTCHA -> ask("captcha", () -> client.get("/imagecode/" + UUID.randomUUID(), ""));
            case PHOTO -> photo(random);
            case COMMENT -> comment(random);
            case PUBLISH -> publish(random);
            case REGISTER -> register();
        }
    }

    private Optional<Answer> ask(String what, Request request) {
        long sent = System.nanoTime();
        try {
            Answer answer = request.send();
            if (answer.ok() || answer.status() == 200 && NO_LUCK.contains(answer.errno())) {
                tally.answered(what, (System.nanoTime() - sent) / 1e6);
                return Optional.of(answer).filter(Answer::ok);
            }
            tally.failed(what, answer.toString(), disturbed.test(sent));
        } catch (IOException e) {
            tally.failed(what, String.valueOf(e), disturbed.test(sent));
        }
        return Optional.empty();
    }

    private long anyHouse(ThreadLocalRandom random) {
        return 1 + random.nextInt(seededHouses);
    }

    private void look(ThreadLocalRandom random) {
        String path =
                switch (random.nextInt(6)) {
                    case 0 -> "/areas";
                    case 1 -> "/houses/index";
                    case 2 -> "/houses?aid=" + (1 + random.nextInt(SEEDED_AREAS)) + "&p=" + (1 + random.nextInt(3));
                    case 3 -> "//";
                    default -> "/houses/" + anyHouse(random);
                };
        ask("look", () -> client.get(path, ""));
    }

    private void search(ThreadLocalRandom random) {
        LocalDate from = today.get().plusDays(1 + random.nextInt(200));
        String path = "/houses?sd=" + from + "&ed=" + from.plusDays(1 + random.nextInt(7)) + "&sk="
                + SORTS.get(random.nextInt(SORTS.size())) + "&p=" + (1 + random.nextInt(5))
                + (random.nextBoolean() ? "&aid=" + (1 + random.nextInt(SEEDED_AREAS)) : "");
        ask("search", () -> client.get(path, ""));
    }

    /** Books; most pay, some cancel, and some press twice. */
    private void book(ThreadLocalRandom random) {
        Account guest = crowd.guest(random);
        LocalDate from = today.get().plusDays(1 + (random.nextInt(3) == 0 ? random.nextInt(6) : random.nextInt(300)));
        Map<String, Object> stay = Map.of(
                "house_id", crowd.house(random).id(),
                "start_date", from.toString(),
                "end_date", from.plusDays(1 + random.nextInt(3)).toString());
        Optional<Answer> answer = ask("book", () -> client.post("/orders", guest.cookie(), stay));
        if (answer.isEmpty()) {
            return;
        }
        long order = answer.get().data().path("order_id").asLong();
        booked.add(order);
        if (random.nextInt(4) > 0) {
            pay(guest, order);
        }
        if (random.nextInt(4) == 0) {
            ask("cancel", () -> client.put("/orders/" + order + "/status", guest.cookie(), Map.of("action", "cancel")));
        }
    }

    private void pay(Account guest, long order) {
        ask("payment", () -> client.post("/orders/" + order + "/payment", guest.cookie(), Map.of()))
                .ifPresent(opened -> {
                    String fields = URI.create(opened.data().path("pay_url").asString()).getRawQuery();
                    ask("cashier", () -> client.form("//cashier", fields + "&action=pay"));
                });
    }

    private void favourite(ThreadLocalRandom random) {
        String path = "/user/favourites/" + anyHouse(random);
        String cookie = crowd.guest(random).cookie();
        if (ask("favourite", () -> client.put(path, cookie, Map.of())).isPresent() && random.nextBoolean()) {
            ask("favourite", () -> client.delete(path, cookie));
        }
    }

    private void logIn(ThreadLocalRandom random) {
        Account guest = crowd.guest(random);
        ask("log-in", () -> client.post("/sessions", "", Map.of("mobile", guest.mobile(), "password", SoakCrowd.PASSWORD)))
                .ifPresent(answer -> {
                    ask("account", () -> client.get("/user", answer.cookie()));
                    ask("log-out", () -> client.delete("/session", answer.cookie()));
                });
    }

    private void photo(ThreadLocalRandom random) {
        House house = crowd.house(random);
        String path = "/houses/" + house.id() + "/images";
        Optional<Answer> added =
                ask("photo", () -> client.upload(path, house.host().cookie(), "house_image", photo));
        if (added.isPresent() && random.nextInt(5) > 0) {
            long image = added.get().data().path("image_id").asLong();
            ask("photo removed", () -> client.delete(path + "/" + image, house.host().cookie()));
        }
    }

    private void comment(ThreadLocalRandom random) {
        Account guest = crowd.guest(random);
        Optional<Answer> orders = ask("orders", () -> client.get("/user/orders", guest.cookie()));
        if (orders.isEmpty()) {
            return;
        }
        for (JsonNode order : orders.get().data().path("orders")) {
            if (order.path("status").asString().equals("WAIT_COMMENT")) {
                String path = "/orders/" + order.path("order_id").asLong() + "/comment";
                ask("comment", () -> client.put(path, guest.cookie(), Map.of("comment", "院子很安静", "stars", 5)));
                return;
            }
        }
    }

    /** A house that comes and goes. */
    private void publish(ThreadLocalRandom random) {
        Account host = crowd.house(random).host();
        ask("publish", () -> crowd.publish(host)).ifPresent(published -> {
            String path = "/houses/" + published.data().path("house_id").asLong() + "/published";
            ask("taken down", () -> client.put(path, host.cookie(), Map.of("published", false)));
        });
    }

    private void register() {
        long sent = System.nanoTime();
        try {
            crowd.join();
            tally.answered("register", (System.nanoTime() - sent) / 1e6);
        } catch (IOException e) {
            // The clock may have moved a day on between the captcha and its use.
            boolean tooLate = String.valueOf(e.getMessage()).startsWith("200 4004");
            tally.failed("register", String.valueOf(e), tooLate || disturbed.test(sent));
        }
    }

    /** A photo as a small phone takes it. */
    private static byte[] photo() {
        BufferedImage image = new BufferedImage(1_200, 900, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int x = 0; x < image.getWidth(); x += 30) {
            graphics.setColor(Color.getHSBColor(x / 1_200f, 0.5f, 0.8f));
            graphics.fillRect(x, 0, 30, 900);
        }
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(door);
        visits.close();
    }
}
