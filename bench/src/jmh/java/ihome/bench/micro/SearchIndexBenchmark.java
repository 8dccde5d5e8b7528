package ihome.bench.micro;

import ihome.search.query.SearchCriteria;
import ihome.search.query.SearchDates;
import ihome.search.query.SearchFilters;
import ihome.search.query.SearchSort;
import ihome.stay.OpenArrivals;
import ihome.stay.Stay;
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
        return ask(site, null, 1, 0, Long.MAX_VALUE, SearchSort.NEW);
    }

    @Benchmark
    public byte[] everywherePageTenThousand(SeededSite site) {
        return ask(site, null, 10_000, 0, Long.MAX_VALUE, SearchSort.NEW);
    }

    @Benchmark
    public byte[] oneArea(SeededSite site) {
        return ask(site, 1 + random.nextInt(16), 1, 0, Long.MAX_VALUE, SearchSort.PRICE_INC);
    }

    @Benchmark
    public byte[] forGuestsAndPrice(SeededSite site) {
        return ask(site, 3, 1, 4, 300_000, SearchSort.BOOKING);
    }

    private byte[] ask(SeededSite site, Integer area, int page, int guests, long priceTo, SearchSort sort) {
        LocalDate from = today.plusDays(1 + random.nextInt(330));
        Stay stay = new Stay(from, from.plusDays(1 + random.nextInt(14)));
        byte[] answer = site.index.page(new SearchCriteria(
                new SearchDates(stay.start(), stay.end(), stay, today, OpenArrivals.ANY),
                area,
                null,
                new SearchFilters(guests, null, priceTo, List.of()),
                sort,
                page));
        if (answer == null) {
            throw new IllegalStateException("the index does not know");
        }
        return answer;
    }
}
