package ihome.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.money.Money;
import ihome.stay.Stay;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Prices as numbers say what the one pricing function says, of random rules, seasons, own prices and stays. */
class PackedPricesTest {
    private static final LocalDate MONDAY = LocalDate.parse("2026-06-01");
    private static final int CASES = 20_000;

    private final long seed = Long.getLong("ihome.test.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    private record House(PriceRules rules, List<Season> seasons, Map<LocalDate, Long> own) {
        PackedPrices packed() {
            return packedWithout(LocalDate.MIN);
        }

        /** As read by somebody who does not look at own prices of nights before a day. */
        PackedPrices packedWithout(LocalDate past) {
            int[] numbers = own.entrySet().stream()
                    .filter(night -> !night.getKey().isBefore(past))
                    .flatMapToInt(night -> IntStream.of(
                            Math.toIntExact(night.getKey().toEpochDay()), Math.toIntExact(night.getValue())))
                    .toArray();
            return PackedPrices.of(rules, seasons, numbers);
        }

        long amount(Stay stay, Guests guests, LocalDate bookedOn) {
            List<@Nullable Long> nights = new ArrayList<>();
            stay.dates().forEach(night -> nights.add(own.get(night)));
            return new HousePrices(rules, seasons)
                    .stay(stay, nights, guests, bookedOn)
                    .amount()
                    .fen();
        }
    }

    @Test
    void everyStayCostsTheSame() {
        System.out.println("PackedPricesTest seed " + seed);
        for (int i = 0; i < CASES; i++) {
            House house = house();
            LocalDate start = MONDAY.plusDays(random.nextInt(80) - 20);
            Stay stay = new Stay(start, start.plusDays(1 + random.nextInt(random.nextBoolean() ? 9 : 60)));
            Guests guests = new Guests(1 + random.nextInt(5), 0, 0);
            LocalDate bookedOn = start.minusDays(random.nextInt(random.nextBoolean() ? 9 : 200));
            PackedPrices packed = house.packed();
            long expected = house.amount(stay, guests, bookedOn);
            long amount = packed.isFlat()
                    ? house.rules.price().fen() * stay.nights()
                    : packed.amount(PackedStay.of(stay, guests.counted(), bookedOn));
            assertThat(amount)
                    .as("seed %d, case %d: %s %s", seed, i, house, stay)
                    .isEqualTo(expected);
        }
    }

    /** No stay costs less or more than the bounds of a night allow. */
    @Test
    void boundsHold() {
        int close = 0;
        for (int i = 0; i < CASES; i++) {
            PackedPrices packed = house().packed();
            LocalDate start = MONDAY.plusDays(random.nextInt(80) - 20);
            Stay dates = new Stay(start, start.plusDays(1 + random.nextInt(random.nextBoolean() ? 9 : 60)));
            PackedStay stay = PackedStay.of(dates, 1 + random.nextInt(5), start.minusDays(random.nextInt(30)));
            if (packed.isFlat()) {
                continue;
            }
            long amount = packed.amount(stay);
            String as = "seed " + seed + ", case " + i + ": " + stay;
            assertThat(amount)
                    .as(as)
                    .isBetween(
                            (long) packed.leastForNight() * stay.nights(),
                            (long) packed.mostForNight() * stay.nights()
                                    + packed.cleaning()
                                    + (long) packed.extraGuest() * stay.nights() * (stay.guests() - 1));
            close += amount < 11L * packed.leastForNight() * stay.nights() / 10 ? 1 : 0;
        }
        assertThat(close).as("stays that cost little more than they must").isPositive();
    }

    /** Whoever read a house before some nights were past says the same of the house as whoever did after. */
    @Test
    void nightsThatArePastMakeNoDifference() {
        int different = 0;
        for (int i = 0; i < CASES; i++) {
            House house = house();
            LocalDate first = MONDAY.plusDays(random.nextInt(40));
            int day = Math.toIntExact(first.toEpochDay());
            assertThat(house.packed().isSameFrom(day, house.packedWithout(first)))
                    .as("seed %d, case %d: %s from %s", seed, i, house, first)
                    .isTrue();
            LocalDate night = first.plusDays(random.nextInt(3) - 1);
            Map<LocalDate, Long> own = new TreeMap<>(house.own);
            own.put(night, 777_777L);
            House dearer = new House(house.rules, house.seasons, own);
            boolean same = house.packed().isSameFrom(day, dearer.packed());
            assertThat(same)
                    .as("seed %d, case %d: %s, another price of %s from %s", seed, i, house, night, first)
                    .isEqualTo(night.isBefore(first));
            different += same ? 0 : 1;
        }
        assertThat(different).isGreaterThan(CASES / 3);
    }

    @Test
    void aPriceForEveryNightIsFlat() {
        PriceRules flat = PriceRules.flat(new Money(38_800));
        assertThat(PackedPrices.of(flat, List.of(), new int[0]).isFlat()).isTrue();
        assertThat(PackedPrices.of(
                                flat, List.of(new Season(MONDAY, MONDAY.plusDays(3), null, 2, true, true)), new int[0])
                        .isFlat())
                .isTrue();
        assertThat(PackedPrices.of(flat, List.of(), new int[] {20_000, 38_800}).isFlat())
                .isFalse();
        PriceRules nobodyPays =
                new PriceRules(new Money(100), null, Money.ZERO, null, new Money(50), 0, 0, null, null, new Money(999));
        assertThat(PackedPrices.of(nobodyPays, List.of(), new int[0]).isFlat()).isTrue();
    }

    @Test
    void aPriceThatDoesNotFitFails() {
        PriceRules rules = PriceRules.flat(new Money(1L << 31));
        assertThatThrownBy(() -> PackedPrices.of(rules, List.of(), new int[0])).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void nightsOfFridayAndSaturdayAreCounted() {
        for (int from = -30; from < 30; from++) {
            int count = 0;
            for (int until = from; until < from + 20; until++) {
                assertThat(PackedStay.weekendNights(from, until)).isEqualTo(count);
                DayOfWeek day = LocalDate.ofEpochDay(until).getDayOfWeek();
                count += day == DayOfWeek.FRIDAY || day == DayOfWeek.SATURDAY ? 1 : 0;
            }
        }
    }

    private House house() {
        PriceRules rules = random.nextInt(4) == 0
                ? PriceRules.flat(amount())
                : new PriceRules(
                        amount(),
                        random.nextBoolean() ? amount() : null,
                        random.nextBoolean() ? amount() : Money.ZERO,
                        random.nextBoolean() ? 1 + random.nextInt(6) : null,
                        random.nextBoolean() ? amount() : Money.ZERO,
                        percent(),
                        percent(),
                        random.nextInt(3) == 0 ? new LeadTimeDiscount(random.nextInt(100), percent()) : null,
                        random.nextInt(3) == 0 ? new LeadTimeDiscount(random.nextInt(8), percent()) : null,
                        amount());
        List<Season> seasons = new ArrayList<>();
        LocalDate day = MONDAY.minusDays(20);
        for (int i = random.nextInt(4); i > 0; i--) {
            LocalDate begin = day.plusDays(random.nextInt(10));
            day = begin.plusDays(1 + random.nextInt(15));
            seasons.add(new Season(begin, day, random.nextInt(4) == 0 ? null : amount(), null, false, false));
        }
        Map<LocalDate, Long> own = new TreeMap<>();
        while (random.nextInt(3) != 0) {
            LocalDate night = MONDAY.plusDays(random.nextInt(80) - 20);
            for (int n = random.nextInt(6); n >= 0; n--) {
                own.put(night.plusDays(n), amount().fen());
            }
        }
        return new House(rules, seasons, own);
    }

    /** Often the same, so that ranges meet and are one. */
    private Money amount() {
        return new Money(
                switch (random.nextInt(4)) {
                    case 0 -> 1 + random.nextInt(3);
                    case 1 -> 10_000;
                    default -> 1 + random.nextInt(100_000);
                });
    }

    private int percent() {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(PriceRules.MOST_PERCENT + 1);
    }
}
