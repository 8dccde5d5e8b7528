package ihome.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.money.Money;
import ihome.stay.Stay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one pricing function: by examples, and against a model that was written from the contract. */
class HousePricesTest {
    /** A Monday. */
    private static final LocalDate MONDAY = LocalDate.parse("2026-06-01");

    private static final int CASES = 20_000;

    private static Stay stay(LocalDate from, int nights) {
        return new Stay(from, from.plusDays(nights));
    }

    private static List<@Nullable Long> noneOwn(int nights) {
        return Collections.nCopies(nights, null);
    }

    private static StayPrice price(PriceRules rules, LocalDate from, int nights, Guests guests, int daysAhead) {
        return new HousePrices(rules).stay(stay(from, nights), noneOwn(nights), guests, from.minusDays(daysAhead));
    }

    private static PriceRules discounts(
            int weekly, int monthly, @Nullable LeadTimeDiscount early, @Nullable LeadTimeDiscount late) {
        return new PriceRules(
                new Money(10_001), null, Money.ZERO, null, Money.ZERO, weekly, monthly, early, late, Money.ZERO);
    }

    @Test
    void withoutRulesEveryNightCostsThePrice() {
        StayPrice price =
                price(PriceRules.flat(new Money(38_800), new Money(50_000)), MONDAY, 9, new Guests(4, 3, 1), 0);
        assertThat(price.nights()).hasSize(9).containsOnly(38_800L);
        assertThat(price.amount()).isEqualTo(new Money(9 * 38_800));
        assertThat(price.total()).isEqualTo(new Money(9 * 38_800 + 50_000));
        assertThat(price.reduction()).isNull();
        assertThat(price.extraGuests()).isEqualTo(Money.ZERO);
        assertThat(price.cleaning()).isEqualTo(Money.ZERO);
    }

    @Test
    void theNightsOwnPriceBeatsTheSeasonsWhichBeatsTheWeekendsWhichBeatsThePrice() {
        PriceRules rules = new PriceRules(
                new Money(100), new Money(200), Money.ZERO, null, Money.ZERO, 0, 0, null, null, Money.ZERO);
        // The season has the nights of Saturday 6 to Monday 8 June.
        HousePrices prices =
                new HousePrices(rules, List.of(Season.priced(MONDAY.plusDays(5), MONDAY.plusDays(8), new Money(300))));
        List<@Nullable Long> own = new ArrayList<>(noneOwn(10));
        own.set(4, 400L); // Friday: weekend
        own.set(6, 1L); // Sunday: season
        own.set(0, 500L);
        assertThat(prices.stay(stay(MONDAY, 10), own, Guests.ONE_ADULT, MONDAY).nights())
                .containsExactly(500L, 100L, 100L, 100L, 400L, 300L, 1L, 300L, 100L, 100L);
        assertThat(new HousePrices(rules)
                        .stay(stay(MONDAY, 8), noneOwn(8), Guests.ONE_ADULT, MONDAY)
                        .nights())
                .containsExactly(100L, 100L, 100L, 100L, 200L, 200L, 100L, 100L);
    }

    @ParameterizedTest
    @CsvSource({
        // base guests, adults, children, infants, nights, fee
        "2, 2, 0, 0, 3, 0",
        "2, 2, 1, 0, 3, 15_000",
        "2, 4, 2, 5, 2, 40_000",
        "2, 1, 0, 9, 2, 0",
        ", 9, 9, 9, 2, 0",
    })
    void guestsAboveTheIncludedOnesPayForEachNight(
            @Nullable Integer base, int adults, int children, int infants, int nights, String fee) {
        PriceRules rules = new PriceRules(
                new Money(10_000), null, new Money(8_000), base, new Money(5_000), 0, 0, null, null, Money.ZERO);
        long extra = Long.parseLong(fee.replace("_", ""));
        StayPrice price = price(rules, MONDAY, nights, new Guests(adults, children, infants), 9);
        assertThat(price.extraGuests()).isEqualTo(new Money(extra));
        assertThat(price.amount()).isEqualTo(new Money(nights * 10_000L + 8_000 + extra));
    }

    /** Of 10,001 fen a night: 7 nights 70,007, half up. */
    @ParameterizedTest
    @CsvSource({
        // nights, days ahead, reason, percent, amount
        "6, 5, , 0, 0",
        "7, 5, WEEKLY, 10, 7001",
        "27, 5, WEEKLY, 10, 27003",
        "28, 5, MONTHLY, 25, 70007",
        "2, 29, , 0, 0",
        "2, 30, EARLY_BIRD, 15, 3000",
        "3, 30, EARLY_BIRD, 15, 4500",
        "1, 2, LAST_MINUTE, 50, 5001",
        "1, 0, LAST_MINUTE, 50, 5001",
        "1, 3, , 0, 0",
        "28, 2, LAST_MINUTE, 50, 140014",
        "7, 400, EARLY_BIRD, 15, 10501",
    })
    void theLargestDiscountAppliesAlone(
            int nights, int daysAhead, @Nullable Discount reason, int percent, long amount) {
        PriceRules rules = discounts(10, 25, new LeadTimeDiscount(30, 15), new LeadTimeDiscount(2, 50));
        StayPrice price = price(rules, MONDAY, nights, Guests.ONE_ADULT, daysAhead);
        StayPrice.Reduction reduction = price.reduction();
        if (reason == null) {
            assertThat(reduction).isNull();
        } else {
            assertThat(reduction).isEqualTo(new StayPrice.Reduction(reason, percent, new Money(amount)));
        }
        assertThat(price.amount()).isEqualTo(new Money(nights * 10_001L - amount));
    }

    @Test
    void ofEqualDiscountsTheLongerStayIsNamed() {
        PriceRules rules = discounts(20, 20, new LeadTimeDiscount(0, 20), null);
        assertThat(price(rules, MONDAY, 28, Guests.ONE_ADULT, 1).reduction())
                .isEqualTo(new StayPrice.Reduction(Discount.MONTHLY, 20, new Money(56_006)));
    }

    @Test
    void feesAndDepositAreNotDiscounted() {
        PriceRules rules = new PriceRules(
                new Money(1_000), null, new Money(333), 1, new Money(77), 50, 0, null, null, new Money(999));
        StayPrice price = price(rules, MONDAY, 7, new Guests(2, 0, 0), 5);
        assertThat(price.amount()).isEqualTo(new Money(7_000 - 3_500 + 333 + 7 * 77));
        assertThat(price.total()).isEqualTo(new Money(7_000 - 3_500 + 333 + 7 * 77 + 999));
    }

    @Test
    void aStayAlwaysHasAPrice() {
        PriceRules rules = new PriceRules(
                new Money(1), null, Money.ZERO, null, Money.ZERO, 0, 0, new LeadTimeDiscount(0, 90), null, Money.ZERO);
        assertThat(price(rules, MONDAY, 1, Guests.ONE_ADULT, 5).amount()).isEqualTo(new Money(1));
        assertThat(price(rules, MONDAY, 3, Guests.ONE_ADULT, 5).amount()).isEqualTo(new Money(1));
    }

    @Test
    void whatDoesNotFitFailsInsteadOfWrapping() {
        PriceRules rules = PriceRules.flat(new Money(Long.MAX_VALUE / 2), Money.ZERO);
        assertThatThrownBy(() -> price(rules, MONDAY, 3, Guests.ONE_ADULT, 0)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new HousePrices(rules).stay(stay(MONDAY, 2), noneOwn(1), Guests.ONE_ADULT, MONDAY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Guests(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void agreesWithTheModelToTheFen() {
        long seed = Long.getLong("ihome.test.seed", new Random().nextLong());
        System.out.println("HousePricesTest seed " + seed);
        Random random = new Random(seed);
        int discounted = 0;
        for (int i = 0; i < CASES; i++) {
            discounted += agrees(random, "seed " + seed + " case " + i) ? 1 : 0;
        }
        assertThat(discounted).as("cases with a discount").isBetween(CASES / 10, CASES - CASES / 10);
    }

    /** Whether the case had a discount. */
    private static boolean agrees(Random random, String which) {
        LocalDate first = MONDAY.plusDays(random.nextInt(400));
        Stay stay = stay(first, 1 + random.nextInt(random.nextBoolean() ? 9 : 60));
        LocalDate bookedOn = first.minusDays(random.nextInt(random.nextBoolean() ? 8 : 200));
        PriceRules rules = rules(random);
        List<Season> seasons = seasons(random, first.minusDays(5));
        Map<LocalDate, Money> own = new HashMap<>();
        List<@Nullable Long> ownPrices = new ArrayList<>();
        for (LocalDate night : stay.dates()) {
            Money price = random.nextInt(5) == 0 ? amount(random) : null;
            if (price != null) {
                own.put(night, price);
            }
            ownPrices.add(price == null ? null : price.fen());
        }
        Guests guests = new Guests(1 + random.nextInt(4), random.nextInt(3), random.nextInt(3));
        PriceModel model = new PriceModel(rules, seasons, own, stay.start(), stay.end());
        HousePrices prices = new HousePrices(rules, seasons);

        StayPrice price = prices.stay(stay, ownPrices, guests, bookedOn);

        assertThat(price.nights())
                .as(which)
                .isEqualTo(stay.dates().stream()
                        .map(night -> PriceModel.fen(model.night(night)))
                        .toList());
        assertThat(stay.dates().stream()
                        .map(night -> prices.night(night, own.get(night)).fen())
                        .toList())
                .as("calendar, %s", which)
                .isEqualTo(price.nights());
        StayPrice.Reduction reduction = price.reduction();
        long off = reduction == null ? 0 : reduction.amount().fen();
        assertThat(off).as(which).isEqualTo(PriceModel.fen(model.discount(stay, bookedOn)));
        assertThat(price.extraGuests().fen()).as(which).isEqualTo(PriceModel.fen(model.extraGuests(stay, guests)));
        long amount = PriceModel.fen(model.amount(stay, guests, bookedOn));
        assertThat(price.amount().fen()).as(which).isEqualTo(amount).isPositive();
        assertThat(price.total().fen())
                .as(which)
                .isEqualTo(amount + rules.deposit().fen());
        return reduction != null;
    }

    private static Money amount(Random random) {
        return new Money(1 + random.nextInt(random.nextInt(4) == 0 ? 3 : 100_000));
    }

    private static PriceRules rules(Random random) {
        return new PriceRules(
                amount(random),
                random.nextBoolean() ? amount(random) : null,
                random.nextBoolean() ? amount(random) : Money.ZERO,
                random.nextBoolean() ? 1 + random.nextInt(6) : null,
                random.nextBoolean() ? amount(random) : Money.ZERO,
                percent(random),
                percent(random),
                random.nextInt(3) == 0 ? new LeadTimeDiscount(random.nextInt(100), percent(random)) : null,
                random.nextInt(3) == 0 ? new LeadTimeDiscount(random.nextInt(8), percent(random)) : null,
                random.nextBoolean() ? amount(random) : Money.ZERO);
    }

    private static int percent(Random random) {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(PriceRules.MOST_PERCENT + 1);
    }

    /** Some seasons that do not overlap, in any order. */
    private static List<Season> seasons(Random random, LocalDate from) {
        List<Season> seasons = new ArrayList<>();
        LocalDate day = from;
        for (int i = random.nextInt(4); i > 0; i--) {
            LocalDate begin = day.plusDays(random.nextInt(10));
            day = begin.plusDays(1 + random.nextInt(15));
            seasons.add(Season.priced(begin, day, amount(random)));
        }
        Collections.shuffle(seasons, random);
        return seasons;
    }
}
