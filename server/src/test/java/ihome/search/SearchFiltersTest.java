package ihome.search;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Endpoint 18: what else a house must be. */
class SearchFiltersTest {
    private static TestServer server;
    private static long plain;
    private static long wide;
    private static long full;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        ApiClient host = server.registered();
        plain = SampleHouse.house()
                .with("capacity", 2)
                .with("price", "\"100.00\"")
                .publish(host);
        wide = SampleHouse.house()
                .with("capacity", 6)
                .with("price", "\"200.50\"")
                .with("facility", "[1, 3]")
                .publish(host);
        full = SampleHouse.house()
                .with("capacity", 9)
                .with("price", "300")
                .with("facility", "[1, 2, 3, 23]")
                .publish(host);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "facility=1, wide full",
        "facility=1%2C3, wide full",
        "'facility=3,1', wide full",
        "'facility=1,1,1', wide full",
        "'facility=01,00003', wide full",
        "'facility=1,2', full",
        "facility=23, full",
        "facility=4, ''",
        "'facility=1,4', ''",
        "facility=0, ''",
        "facility=99999, ''",
        "facility=, plain wide full",
        "facility=1&guests=7, full",
        "guests=3, wide full",
        "guests=0, plain wide full",
        "guests=10, ''",
        "pmin=200, wide full",
        "pmin=201, full",
        "pmax=200, plain",
        "pmin=100&pmax=201, plain wide",
        "pmin=300&pmax=100, ''",
        "'guests=2&pmin=100&pmax=300&facility=1,3&aid=1&sd=2026-06-10&ed=2026-06-12&sk=price-inc', wide full"
    })
    void onlyTheHousesThatAreAllThat(String query, String names) {
        List<Long> expected = new ArrayList<>();
        for (String name : names.split(" ", -1)) {
            switch (name) {
                case "plain" -> expected.add(plain);
                case "wide" -> expected.add(wide);
                case "full" -> expected.add(full);
                default -> assertThat(name).isEmpty();
            }
        }
        JsonNode data = server.client().get("/houses?" + query).expect("0").data();
        assertThat(ids(data)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(data.path("total_page").asInt(-1)).isEqualTo(expected.isEmpty() ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "facility=x",
                "facility=1;3",
                "facility=1,",
                "facility=,1",
                "facility=1,,3",
                "facility=-1",
                "facility=1.5",
                "facility=1, 3",
                "facility=100000",
                "facility='",
                "guests=x",
                "guests=-1",
                "pmin=1.5",
                "pmax=x",
                "pmax=9999999999"
            })
    void aMalformedFilterIsNamed(String query) {
        Reply reply =
                server.client().get("/houses?" + query.replace(" ", "%20")).expect("4103");
        reply.expectBadField(query.substring(0, query.indexOf('=')));
    }

    @Test
    void sixtyFourFacilitiesAtMost() {
        server.client().get("/houses?facility=" + facilities(64)).expect("0");
        server.client().get("/houses?facility=1," + facilities(64)).expect("0");
        server.client().get("/houses?facility=" + facilities(65)).expectBadField("facility");
    }

    private static String facilities(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    private static List<Long> ids(JsonNode data) {
        List<Long> ids = new ArrayList<>();
        data.path("houses").forEach(house -> ids.add(house.path("house_id").asLong()));
        return ids;
    }
}
