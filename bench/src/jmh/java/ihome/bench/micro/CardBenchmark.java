package ihome.bench.micro;

import ihome.listing.HouseSummary;
import ihome.platform.json.Json;
import java.time.Instant;
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

/** A house's card rendered as JSON: what building the index does for each house, and SQL for each row of a page. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CardBenchmark {
    private final HouseSummary house = new HouseSummary(
            1_234_567,
            "鼓楼旁的四合院 Quiet courtyard",
            38_800,
            "东城区",
            "p/e8/e8608e79ccc68e382509a0d873e7fe21",
            2,
            31,
            "北京市东城区",
            null,
            Instant.parse("2026-03-01T04:00:00Z"),
            4,
            "2张床",
            0,
            0,
            true);

    @Benchmark
    public byte[] card(Views views) {
        return Json.bytes(views.views.basic(house));
    }
}
