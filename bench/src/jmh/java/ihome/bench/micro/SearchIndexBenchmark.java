package ihome.bench.micro;

import ihome.search.index.SearchIndex;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A page with its exact total, without HTTP: what a search costs in itself. Each call asks for other nights. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SearchIndexBenchmark {
    private final SplittableRandom random = new SplittableRandom(7);
    private final LocalDate today = LocalDate.now();

    @Benchmark
    public byte[] everywhereFirstPage(SeededSite site) {
        return ask(site, null, 1, 0, Long.MAX_VALUE, SearchIndex.Sort.NEWEST);
    }

    @Benchmark
    public byte[] everywherePageTenThousand(SeededSite site) {
        return ask(site, null, 10_000, 0, Long.MAX_VALUE, SearchIndex.Sort.NEWEST);
    }

    @Benchmark
    public byte[] oneArea(SeededSite site) {
        return ask(site, 1 + random.nextInt(16), 1, 0, Long.MAX_VALUE, SearchIndex.Sort.CHEAPEST);
    }

    @Benchmark
    public byte[] forGuestsAndPrice(SeededSite site) {
        return ask(site, 3, 1, 4, 300_000, SearchIndex.Sort.MOST_BOOKED);
    }

    private byte[] ask(SeededSite site, Integer area, int page, int guests, long priceTo, SearchIndex.Sort sort) {
        LocalDate from = today.plusDays(1 + random.nextInt(330));
        int stay = 1 + random.nextInt(14);
        byte[] answer = site.index.page(new SearchIndex.Question(
                from, from.plusDays(stay), stay, area, sort, page, guests, 0, priceTo, List.of(), false, today));
        if (answer == null) {
            throw new IllegalStateException("the index does not know");
        }
        return answer;
    }
}
