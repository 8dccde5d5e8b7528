package ihome.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ihome.changeevents.ChangeKeys;
import ihome.listing.AreaRoutes;
import ihome.listing.ListingRoutes;
import ihome.platform.change.ChangeKey;
import ihome.platform.http.Response;
import ihome.platform.responsecache.CacheVersions;
import ihome.platform.responsecache.ResponseCache;
import ihome.search.SearchRoutes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers on the heap of one node. */
class CachedAnswersTest {
    private static final String LIST = SearchRoutes.LISTS.path() + "?aid=1";

    private final CacheVersions versions = new CacheVersions();
    private final AtomicInteger reads = new AtomicInteger();
    private CachedAnswers answers = cached(CacheConfig.DEFAULT);

    private CachedAnswers cached(CacheConfig config) {
        return new CachedAnswers(null, new ResponseCache(config.heapBytes(), () -> true), versions, config);
    }

    /** A kind of answer and the change key that it hangs on. */
    @SuppressWarnings("ImmutableEnumChecker") // a change key is a record of a word and a number
    enum Kind {
        AREAS(ChangeKeys.AREAS),
        HOME(ChangeKeys.LISTS),
        HOUSE(ChangeKeys.house(7)),
        LIST(ChangeKeys.LISTS);

        private final ChangeKey changeKey;

        Kind(ChangeKey changeKey) {
            this.changeKey = changeKey;
        }

        private Response ask(CachedAnswers answers, Supplier<Object> data) {
            return switch (this) {
                case AREAS -> answers.get(AreaRoutes.AREAS, "/areas", changeKey, data);
                case HOME -> answers.get(ListingRoutes.HOME, "/home", changeKey, data);
                case HOUSE -> answers.get(ListingRoutes.HOUSE, "/7", changeKey, data);
                case LIST ->
                    answers.list(
                            SearchRoutes.LISTS, CachedAnswersTest.LIST, changeKey, "key", "1", () -> null, data, null);
            };
        }
    }

    private static String text(Response answer) {
        return new String(answer.body(), UTF_8);
    }

    private String ask(Kind kind) {
        return text(kind.ask(answers, () -> List.of(reads.incrementAndGet())));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void readOnceUntilSomethingChanges(Kind kind) {
        ask(kind); // a list is kept when it is asked for again
        String kept = ask(kind);
        assertThat(ask(kind)).isEqualTo(kept);
        versions.changed(ChangeKeys.house(8));
        assertThat(ask(kind)).isEqualTo(kept);
        versions.changed(kind.changeKey);
        String next = ask(kind);
        assertThat(next).isNotEqualTo(kept);
        assertThat(ask(kind)).isEqualTo(next);
    }

    /** Held up between its look at the database and its fill, while the change is committed and told. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void aReaderThatBeganBeforeTheChangeDoesNotPutItsOldAnswerBack(Kind kind) throws Exception {
        ask(kind);
        versions.changed(kind.changeKey);
        CountDownLatch looked = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> reader = thread.submit(() -> kind.ask(answers, () -> {
                looked.countDown();
                await(told);
                return List.of("old");
            }));
            await(looked);
            versions.changed(kind.changeKey);
            told.countDown();
            assertThat(text(reader.get())).contains("old");
        }
        assertThat(ask(kind)).doesNotContain("old");
        assertThat(ask(kind)).doesNotContain("old");
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsNotToBeKeptIsReadEachTime() {
        CacheConfig none = new CacheConfig(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1);
        for (CacheConfig config : List.of(none, withHeap(0))) {
            answers = cached(config);
            for (Kind kind : Kind.values()) {
                ask(kind);
                assertThat(ask(kind)).as("%s of %s", kind, config).isNotEqualTo(ask(kind));
            }
        }
    }

    private static CacheConfig withHeap(int megabytes) {
        Duration hour = Duration.ofHours(1);
        return new CacheConfig(hour, hour, hour, hour, megabytes);
    }

    /** Many houses in little memory: the bound holds, with what compressing may add counted in. */
    @Test
    void memoryIsBounded() {
        CacheConfig small = withHeap(1);
        ResponseCache responseCache = new ResponseCache(small.heapBytes(), () -> true);
        answers = new CachedAnswers(null, responseCache, versions, small);
        Function<Long, Object> house = id -> List.of(id, "x".repeat(1000));
        for (long id = 1; id <= 5_000; id++) {
            long each = id;
            answers.get(ListingRoutes.HOUSE, "/" + id, ChangeKeys.house(id), () -> house.apply(each));
        }
        assertThat(responseCache.bytes()).isBetween(500_000L, small.heapBytes());
    }
}
