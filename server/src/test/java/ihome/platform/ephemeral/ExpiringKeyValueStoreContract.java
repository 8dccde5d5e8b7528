package ihome.platform.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of values that end promises. */
abstract class ExpiringKeyValueStoreContract {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final String key = "ImageCode_" + UUID.randomUUID();

    abstract ExpiringKeyValueStore store();

    abstract void advance(Duration by);

    @Test
    void whatIsPutIsThere() {
        store().put(key, "四合院 {}\"'", LIFETIME);
        assertThat(store().get(key)).hasValue("四合院 {}\"'");
        assertThat(store().get(key)).isPresent();
        assertThat(store().get(key + "x")).isEmpty();
    }

    @Test
    void theLastPutCounts() {
        store().put(key, "a", Duration.ofMinutes(1));
        store().put(key, "b", LIFETIME);
        advance(Duration.ofMinutes(2));
        assertThat(store().get(key)).hasValue("b");
    }

    @Test
    void itEnds() {
        store().put(key, "a", LIFETIME);
        advance(LIFETIME.minusSeconds(10));
        assertThat(store().get(key)).isPresent();
        advance(Duration.ofSeconds(10));
        assertThat(store().get(key)).isEmpty();
        assertThat(store().take(key)).isEmpty();
        assertThat(store().guess(key, "a", "a", tries(5))).isFalse();
    }

    @Test
    void whatIsTakenIsGone() {
        store().put(key, "a", LIFETIME);
        assertThat(store().take(key)).hasValue("a");
        assertThat(store().take(key)).isEmpty();
        assertThat(store().get(key)).isEmpty();
    }

    @Test
    void oneOfManyTakersGetsIt() {
        for (int round = 0; round < 5; round++) {
            store().put(key, "a", LIFETIME);
            List<Boolean> got = atOnce(50, _ -> store().take(key).isPresent());
            assertThat(got).filteredOn(each -> each).hasSize(1);
        }
    }

    /** Protection: what put does beyond the value; without it all of them stay. */
    @Test
    void aGroupHoldsSoManyAndTheOldestEnd() {
        String group = "Sessions_" + UUID.randomUUID();
        store().put(key, "of another group", LIFETIME, group + "x", 3);
        for (int i = 0; i < 5; i++) {
            store().put(key + i, "value " + i, LIFETIME.plusSeconds(i), group, 3);
        }
        assertThat(store().group(group, 100)).containsOnlyKeys(key + 2, key + 3, key + 4);
        assertThat(store().get(key + 0)).isEmpty();
        assertThat(store().get(key + 1)).isEmpty();
        assertThat(store().get(key + 4)).hasValue("value 4");
        assertThat(store().get(key)).isPresent();
        assertThat(store().take(key + 4)).isPresent();
        store().leave(group, key + 4);
        store().put(key + 5, "value 5", LIFETIME.plusSeconds(5), group, 3);
        assertThat(store().group(group, 100))
                .as("one that was taken does not count")
                .containsOnlyKeys(key + 2, key + 3, key + 5);
    }

    /** Without the lock in PostgreSQL, or the look at the group after the value is there in Redis, some are left over. */
    @Test
    void manyThatArePutIntoAGroupAtTheSameTimeAreNoMoreThanItHolds() {
        for (int round = 0; round < 10; round++) {
            String group = "Sessions_" + UUID.randomUUID();
            String name = key + round + "_";
            atOnce(24, i -> {
                store().put(name + i, "value", LIFETIME, group, 5);
                return true;
            });
            List<String> alive = IntStream.range(0, 24)
                    .mapToObj(i -> name + i)
                    .filter(each -> store().get(each).isPresent())
                    .toList();
            assertThat(alive).hasSizeLessThanOrEqualTo(5).isNotEmpty();
            assertThat(store().group(group, 100).keySet()).containsExactlyInAnyOrderElementsOf(alive);
        }
    }

    @Test
    void aRightGuessTakesIt() {
        store().put(key, "123456", LIFETIME);
        assertThat(store().guess(key, "654321", "a", tries(5))).isFalse();
        assertThat(store().guess(key, "123456", "a", tries(5))).isTrue();
        assertThat(store().guess(key, "123456", "a", tries(5))).isFalse();
    }

    @Test
    void oneOfManyRightGuessesGetsIt() {
        store().put(key, "123456", LIFETIME);
        assertThat(atOnce(50, _ -> store().guess(key, "123456", "a", tries(100))))
                .filteredOn(each -> each)
                .hasSize(1);
    }

    @Test
    void afterTheLastWrongGuessItIsGone() {
        store().put(key, "123456", LIFETIME);
        for (int i = 0; i < 5; i++) {
            assertThat(store().guess(key, "00000" + i, "a", tries(5))).isFalse();
        }
        assertThat(store().guess(key, "123456", "a", tries(5))).isFalse();
    }

    @Test
    void wrongGuessesSentAtOnceUseUpTheTries() {
        for (int round = 0; round < 5; round++) {
            store().put(key, "123456", LIFETIME);
            List<Boolean> wrong = atOnce(20, _ -> store().guess(key, "000000", "a", tries(5)));
            assertThat(wrong).containsOnly(false);
            assertThat(store().guess(key, "123456", "a", tries(5))).isFalse();
        }
    }

    /** Protection: the tries of each asker; counted for all alike, five guesses of a stranger end the owner's code. */
    @Test
    void aStrangersWrongGuessesLeaveTheOwnerTheirs() {
        ExpiringKeyValueStore.Tries tries = new ExpiringKeyValueStore.Tries(5, 50);
        store().put(key, "123456", LIFETIME);
        for (int i = 0; i < 8; i++) {
            assertThat(store().guess(key, "000000", "stranger", tries)).isFalse();
        }
        assertThat(store().guess(key, "123456", "stranger", tries))
                .as("too late")
                .isFalse();
        for (int i = 0; i < 4; i++) {
            assertThat(store().guess(key, "000000", "owner", tries)).isFalse();
        }
        assertThat(store().guess(key, "123456", "owner", tries)).isTrue();
    }

    @Test
    void whoHasGuessedTheLastTimeMayTryANewValue() {
        ExpiringKeyValueStore.Tries tries = new ExpiringKeyValueStore.Tries(5, 50);
        store().put(key, "123456", LIFETIME);
        for (int i = 0; i < 5; i++) {
            assertThat(store().guess(key, "000000", "owner", tries)).isFalse();
        }
        assertThat(store().guess(key, "123456", "owner", tries)).isFalse();
        store().put(key, "654321", LIFETIME);
        assertThat(store().guess(key, "654321", "owner", tries)).isTrue();
    }

    /** Whoever has many addresses has fifty guesses and no more, also when they come at the same moment. */
    @Test
    void allWrongGuessesTogetherAreBounded() {
        ExpiringKeyValueStore.Tries tries = new ExpiringKeyValueStore.Tries(5, 50);
        for (int round = 0; round < 3; round++) {
            store().put(key, "123456", LIFETIME);
            List<Boolean> wrong = atOnce(60, i -> store().guess(key, "000000", "stranger " + i, tries));
            assertThat(wrong).containsOnly(false);
            assertThat(store().guess(key, "123456", "owner", tries)).isFalse();
        }
    }

    /** One short of all: the tries of an asker are counted exactly when all come at the same moment. */
    @Test
    void oneAskersGuessesSentAtOnceAreCountedOneByOne() {
        ExpiringKeyValueStore.Tries tries = new ExpiringKeyValueStore.Tries(5, 50);
        for (int round = 0; round < 3; round++) {
            store().put(key, "123456", LIFETIME);
            atOnce(60, i -> store().guess(key, i < 40 ? "000000" : "000001", i % 2 == 0 ? "one" : "two", tries));
            assertThat(store().guess(key, "123456", "one", tries)).isFalse();
            assertThat(store().guess(key, "123456", "two", tries)).isFalse();
            assertThat(store().guess(key, "123456", "owner", tries))
                    .as("ten of fifty are used")
                    .isTrue();
        }
    }

    private static ExpiringKeyValueStore.Tries tries(int number) {
        return new ExpiringKeyValueStore.Tries(number, number);
    }

    @Test
    void aNewValueHasItsTriesAnew() {
        store().put(key, "111111", LIFETIME);
        for (int i = 0; i < 4; i++) {
            assertThat(store().guess(key, "000000", "a", tries(5))).isFalse();
        }
        store().put(key, "222222", LIFETIME);
        for (int i = 0; i < 4; i++) {
            assertThat(store().guess(key, "000000", "a", tries(5))).isFalse();
        }
        assertThat(store().guess(key, "222222", "a", tries(5))).isTrue();
    }

    @Test
    void aGroupEndsTogether() {
        String group = "Group_" + UUID.randomUUID();
        store().put(key + "1", "a", LIFETIME, group);
        store().put(key + "2", "b", LIFETIME, group);
        store().put(key + "3", "c", LIFETIME, group + "x");
        store().put(key + "4", "d", LIFETIME);
        store().take(key + "1");
        store().endGroup(group);
        assertThat(store().get(key + "1")).isEmpty();
        assertThat(store().get(key + "2")).isEmpty();
        assertThat(store().get(key + "3")).hasValue("c");
        assertThat(store().get(key + "4")).hasValue("d");
        store().endGroup(group);
        store().put(key + "2", "e", LIFETIME, group);
        assertThat(store().get(key + "2")).hasValue("e");
        store().endGroup(group);
        assertThat(store().get(key + "2")).isEmpty();
    }

    @Test
    void whatIsOfAGroupEndsByItselfToo() {
        String group = "Group_" + UUID.randomUUID();
        store().put(key + "1", "a", Duration.ofMinutes(1), group);
        store().put(key + "2", "b", LIFETIME, group);
        store().put(key + "3", "c", Duration.ofMinutes(2), group);
        advance(Duration.ofMinutes(3));
        assertThat(store().get(key + "1")).isEmpty();
        assertThat(store().get(key + "2")).hasValue("b");
        store().endGroup(group);
        assertThat(store().get(key + "2"))
                .as("the shorter lives did not end the group")
                .isEmpty();
    }

    @Test
    void aGroupCanBeSeenAndOneOfItSpared() {
        String group = "Group_" + UUID.randomUUID();
        store().put(key + "1", "a", Duration.ofMinutes(1), group);
        store().put(key + "2", "b", Duration.ofMinutes(3), group);
        store().put(key + "3", "c", Duration.ofMinutes(2), group);
        store().put(key + "4", "d", LIFETIME, group);
        store().put(key + "5", "e", LIFETIME);
        store().take(key + "4");
        assertThat(store().group(group, 9).entrySet())
                .containsExactly(Map.entry(key + "2", "b"), Map.entry(key + "3", "c"), Map.entry(key + "1", "a"));
        assertThat(store().group(group, 2)).containsOnlyKeys(key + "2", key + "3");
        advance(Duration.ofSeconds(90));
        assertThat(store().group(group, 9)).containsOnlyKeys(key + "2", key + "3");
        store().endGroup(group, key + "3");
        assertThat(store().group(group, 9)).containsExactly(Map.entry(key + "3", "c"));
        store().endGroup(group);
        assertThat(store().group(group, 9)).isEmpty();
        assertThat(store().get(key + "5")).isPresent();
    }

    @Test
    void aChangedValueEndsWhenTheFirstWouldHave() {
        store().put(key, "a", LIFETIME);
        advance(Duration.ofMinutes(2));
        store().change(key, "b");
        assertThat(store().get(key)).hasValue("b");
        advance(Duration.ofMinutes(3).plusSeconds(1));
        assertThat(store().get(key)).isEmpty();
    }

    @Test
    void whatHasEndedIsNotBroughtBackByAChange() {
        store().put(key, "a", LIFETIME);
        store().take(key);
        store().change(key, "b");
        assertThat(store().get(key)).isEmpty();
    }

    static <T> List<T> atOnce(int tasks, java.util.function.IntFunction<T> task) {
        CountDownLatch ready = new CountDownLatch(tasks);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = IntStream.range(0, tasks)
                    .mapToObj(i -> threads.submit(() -> {
                        ready.countDown();
                        ready.await();
                        return task.apply(i);
                    }))
                    .toList();
            return running.stream().map(ExpiringKeyValueStoreContract::result).toList();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
