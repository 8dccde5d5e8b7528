package ihome.demo;

import ihome.pricing.Guests;
import ihome.stay.Stay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Who stays where and when: for each house some stays of the last year, most of them commented on, and some of the next
 * months. The same houses on the same day give the same plan. Hosts are each other's guests, and nobody stays at a house
 * twice.
 */
final class DemoPlan {
    /**
     * A house of the demo.
     *
     * @param room the listing's id
     * @param maxDays 0: no limit
     * @param bare whether its host has said nothing of it yet
     * @param instant whether it is booked without its host's answer
     */
    record House(
            long id, String room, long owner, int capacity, int minDays, int maxDays, boolean bare, boolean instant) {}

    private static final int PAST_DAYS = 300;
    private static final int COMING_DAYS = 100;
    private static final int MOST_PAST = 5;
    private static final int MOST_COMING = 3;
    /** Of 100 guests so many say something. */
    private static final int COMMENTS = 85;

    private static final int[] NIGHTS = {1, 2, 2, 2, 3, 3, 4, 5, 7};
    /** Before the latest of any house: after it the clock ends the stay, and the host has nothing to say. */
    private static final LocalTime DEPARTURE = LocalTime.of(10, 15);

    private final List<Long> accounts;
    private final Map<String, Sample.House> sample;
    private final Map<String, List<Sample.Comment>> comments;
    private final Instant now;
    private final ZoneId zone;
    private final LocalDate today;

    DemoPlan(
            List<Long> accounts,
            Map<String, Sample.House> sample,
            Map<String, List<Sample.Comment>> comments,
            Instant now,
            ZoneId zone) {
        this.accounts = accounts.stream().sorted().toList();
        this.sample = sample;
        this.comments = comments;
        this.now = now;
        this.zone = zone;
        this.today = LocalDate.ofInstant(now, zone);
    }

    /** In the order in which they were booked. */
    List<DemoStay> stays(List<House> houses) {
        List<DemoStay> stays = new ArrayList<>();
        for (House house : houses) {
            Sample.House told = sample.get(house.room());
            if (told != null) {
                new OfHouse(house, told).addTo(stays);
            }
        }
        stays.sort(Comparator.comparing(DemoStay::placed).thenComparingLong(DemoStay::house));
        return stays;
    }

    private final class OfHouse {
        private final House house;
        private final Sample.House told;
        private final Random random;
        private final List<Long> guests;
        private final List<Sample.Comment> said;

        OfHouse(House house, Sample.House told) {
            this.house = house;
            this.told = told;
            this.random = new Random(Long.parseLong(house.room()) * 7919);
            this.guests = new ArrayList<>(accounts);
            guests.remove(house.owner());
            Collections.shuffle(guests, random);
            this.said = new ArrayList<>(Objects.requireNonNull(comments.get(told.kind())));
            Collections.shuffle(said, random);
        }

        void addTo(List<DemoStay> stays) {
            int past = random.nextInt(MOST_PAST + 1);
            LocalDate end = today.minusDays(1 + random.nextInt(25));
            for (int i = 0; i < past && !guests.isEmpty(); i++) {
                LocalDate start = end.minusDays(nights());
                if (start.isBefore(today.minusDays(PAST_DAYS))) {
                    break;
                }
                stays.add(past(new Stay(start, end)));
                end = start.minusDays(random.nextInt(50));
            }
            int coming = random.nextInt(MOST_COMING + 1);
            LocalDate start = today.plusDays(1 + random.nextInt(20));
            for (int i = 0; i < coming && !guests.isEmpty() && start.isBefore(today.plusDays(COMING_DAYS)); i++) {
                LocalDate departure = start.plusDays(nights());
                stays.add(stay(new Stay(start, departure), now.minus(hours(1, 240)), null, null));
                start = departure.plusDays(random.nextInt(25));
            }
        }

        private DemoStay past(Stay stay) {
            Instant ended = stay.end().atTime(DEPARTURE).atZone(zone).toInstant();
            Instant placed = stay.start().atStartOfDay(zone).toInstant().minus(hours(6, 24 * 30));
            Sample.Comment comment = random.nextInt(100) < COMMENTS ? said.removeFirst() : null;
            return stay(stay, placed, ended, comment);
        }

        private DemoStay stay(Stay stay, Instant placed, @Nullable Instant ended, Sample.@Nullable Comment comment) {
            Instant accepted = told.terms().instantBooking() ? null : placed.plus(minutes(5, 180));
            int adults = 1 + random.nextInt(Math.min(house.capacity(), 4));
            return new DemoStay(
                    house.id(),
                    house.owner(),
                    guests.removeFirst(),
                    stay,
                    new Guests(adults, 0, 0),
                    placed,
                    accepted,
                    ended,
                    comment);
        }

        private int nights() {
            int wanted = Math.max(house.minDays(), NIGHTS[random.nextInt(NIGHTS.length)]);
            return house.maxDays() == 0 ? wanted : Math.min(wanted, house.maxDays());
        }

        private Duration hours(int from, int until) {
            return minutes(from * 60, until * 60);
        }

        private Duration minutes(int from, int until) {
            return Duration.ofMinutes(from + random.nextInt(until - from));
        }
    }
}
