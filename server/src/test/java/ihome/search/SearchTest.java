package ihome.search;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.RawConnection;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Endpoint 18: parameters, nights, pages, and what it shows of a house that has just been published. */
@Tag("slow")
class SearchTest {
    private static final int PAGE = 20;

    private static TestServer server;
    private static ApiClient host;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        host = server.registered();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void noHouses() {
        server.sql("truncate house cascade");
    }

    @Test
    void aHouseAsTheListShowsIt() {
        long house = SampleHouse.house().publish(host);
        server.sql("update house set order_count = 7, main_image = 'p/07/07" + "f".repeat(30) + "'");
        Reply reply = search("").expect("0", "OK");
        String media = "http://localhost:" + server.port() + "/media/";
        assertThat(reply.data().toString())
                .isEqualTo("{\"houses\":[{\"house_id\":" + house
                        + ",\"title\":\"鼓楼旁的四合院\",\"price\":38800,\"area_name\":\"东城区\",\"img_url\":\"" + media
                        + "p/07/07" + "f".repeat(30) + "_480.jpg\",\"room_count\":2,\"order_count\":7,"
                        + "\"address\":\"鼓楼东大街 12 号\",\"user_avatar\":\"\",\"ctime\":\"2026-06-01\",\"capacity\":4,\"beds\":\"双人床2张\",\"rating\":null,\"rating_count\":0}],"
                        + "\"total_page\":1,\"current_page\":1}");
        assertThat(reply.text()).doesNotContain("\\u");
    }

    @Test
    void nothingToFindIsNoPage() {
        assertThat(search("").expect("0").data().toString())
                .isEqualTo("{\"houses\":[],\"total_page\":0,\"current_page\":1}");
        assertThat(search("?p=3").expect("0").data().toString())
                .isEqualTo("{\"houses\":[],\"total_page\":0,\"current_page\":3}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sd=2026-02-30",
                "sd=2026-1-1",
                "sd=20260101",
                "sd=2026-13-01",
                "sd=2026-00-10",
                "sd=0000-01-01",
                "sd=2026/06/01",
                "sd=%202026-06-01",
                "sd=２０２６-06-01",
                "sd=-026-06-01",
                "sd=%2B026-06-01",
                "sd=today",
                "sd=2026-06-01T00:00",
                "sd=2025-02-29",
                "sd=2026-06-01%00",
                "sd=%00",
                "sd='",
                "ed=2026-02-30",
                "ed=x",
                "sd=2026-06-01&ed=x",
                "sd=2026-06-02&ed=2026-06-01",
                "p=0",
                "p=-1",
                "p=x",
                "p=99999999999",
                "p=1.5",
                "p=1e1",
                "p=%201",
                "p=１",
                "p=%00",
                "p=2147483648",
                "aid=x",
                "aid=-1",
                "aid=1.5",
                "aid=99999999999",
                "aid=1;2"
            })
    void aMalformedParameterIsNamed(String query) {
        String escaped =
                query.replace("２０２６", "%EF%BC%92%EF%BC%90%EF%BC%92%EF%BC%96").replace("１", "%EF%BC%91");
        Reply reply = search("?" + escaped).expect("4103");
        reply.expectBadField(query.contains("ed=x") ? "ed" : query.substring(0, query.indexOf("=")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?",
                "?sd=&ed=&aid=&sk=&p=",
                "?sd",
                "?sk=new&p=1",
                "?sk=anything",
                "?aid=1&p=1&unknown=x&sd=",
                "?&&&=&",
                "?sk=%ff",
                "?sk=%00",
                "?sk=price-inc%27"
            })
    void anEmptyOrUnknownParameterIsAsIfAbsent(String query) {
        long house = SampleHouse.house().publish(host);
        assertThat(ids(search(query).expect("0").data())).containsExactly(house);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?sd=9999-12-31",
                "?ed=0001-01-01",
                "?sd=0001-01-01&ed=0001-01-02",
                "?sd=9999-12-31&ed=9999-12-31",
                "?sd=2020-01-01&ed=2020-01-02"
            })
    void datesThatNobodyCanBookFindNothing(String query) {
        SampleHouse.house().publish(host);
        assertThat(ids(search(query).expect("0").data())).isEmpty();
    }

    /** Malformed escapes in the address. */
    @ParameterizedTest
    @ValueSource(strings = {"?sd=%", "?sd=%zz", "?sd=%2", "?%=1", "?p=%e4%bd"})
    void aMalformedEscapeIsTheClientsFault(String query) {
        try (RawConnection client = RawConnection.to(server.port())) {
            client.send("GET /api/v1.0/houses" + query + " HTTP/1.1\r\nHost: x\r\n\r\n");
            RawConnection.Answer answer = client.answer();
            assertThat(answer.status()).as(answer.body()).isIn(200, 400);
            assertThat(answer.body()).contains("\"errno\":\"4103\"");
        }
    }

    @Test
    void theDayOfCheckingOutIsFree() {
        long house = SampleHouse.house().publish(host);
        server.sql("insert into night_claim values (" + house + ", '2026-06-10'), (" + house + ", '2026-06-11')");
        for (String free : List.of(
                "sd=2026-06-08&ed=2026-06-10",
                "sd=2026-06-12&ed=2026-06-13",
                "sd=2026-06-12",
                "ed=2026-06-10",
                "sd=2026-06-09&ed=2026-06-09",
                "sd=2026-06-12&ed=2026-06-12",
                "ed=2026-06-13")) {
            assertThat(ids(search("?" + free).expect("0").data())).as(free).containsExactly(house);
        }
        for (String taken : List.of(
                "sd=2026-06-09&ed=2026-06-11",
                "sd=2026-06-11&ed=2026-06-12",
                "sd=2026-06-10",
                "sd=2026-06-11",
                "ed=2026-06-11",
                "ed=2026-06-12",
                "sd=2026-06-10&ed=2026-06-10",
                "sd=2026-06-01&ed=2026-06-30")) {
            Reply reply = search("?" + taken).expect("0");
            assertThat(ids(reply.data())).as(taken).isEmpty();
            assertThat(reply.data().path("total_page").asInt(-1)).isZero();
        }
    }

    @Test
    void theLengthOfTheStayIsAdmitted() {
        long house = SampleHouse.house().with("min_days", 2).with("max_days", 3).publish(host);
        LocalDate start = LocalDate.of(2026, 6, 28);
        for (int nights = 0; nights < 6; nights++) {
            List<Long> found = ids(search("?sd=" + start + "&ed=" + start.plusDays(nights))
                    .expect("0")
                    .data());
            assertThat(found.contains(house)).as("%d nights", nights).isEqualTo(nights == 2 || nights == 3);
        }
        assertThat(ids(search("?sd=" + start).data())).containsExactly(house);
        assertThat(ids(search("?ed=" + start).data())).containsExactly(house);
    }

    @Test
    void aFailingStoreIsSaidSo() {
        SampleHouse.house().publish(host);
        for (String table : List.of("house", "night_claim", "area", "account")) {
            server.without(table, () -> search("?sd=2026-06-01&ed=2026-06-03").expect("4001", "查询房屋列表信息异常"));
        }
        search("").expect("0");
    }

    @Test
    void whatWasPublishedIsFoundAtOnce() throws Exception {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            tasks.add(() -> {
                long house = SampleHouse.house().publish(host);
                ApiClient guest = server.client();
                // Houses that others publish meanwhile push it to later pages only.
                for (int page = 1; page <= 4; page++) {
                    if (ids(guest.get("/houses?sd=2026-06-02&p=" + page)
                                    .expect("0")
                                    .data())
                            .contains(house)) {
                        return true;
                    }
                }
                return false;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> found : threads.invokeAll(tasks)) {
                assertThat(found.get()).isTrue();
            }
        }
    }

    /** Each answer is of one moment: its total fits the houses that it shows. */
    @Test
    void theTotalIsThatOfThePage() throws Exception {
        server.sql("insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity,"
                + " beds, deposit, min_days, max_days, created_at) select max(id), '院', 100, 1, '街', 1, 1, '间', 1, '床',"
                + " 0, 1, 0, now() from account, generate_series(1, 50) group by generate_series");
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            tasks.add(() -> {
                for (int n = 0; n < 25; n++) {
                    SampleHouse.house().publish(host);
                }
                return null;
            });
            tasks.add(() -> {
                int last = 3;
                for (int n = 0; n < 40; n++) {
                    int page = Math.max(1, last + ThreadLocalRandom.current().nextInt(-1, 2));
                    JsonNode data =
                            search("?sk=price-inc&p=" + page).expect("0").data();
                    last = data.path("total_page").asInt();
                    int houses = data.path("houses").size();
                    if (page < last) {
                        assertThat(houses).isEqualTo(PAGE);
                    } else if (page == last) {
                        assertThat(houses).isBetween(1, PAGE);
                    } else {
                        assertThat(houses).isZero();
                    }
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
        assertThat(search("").data().path("total_page").asInt()).isEqualTo((50 + 6 * 25) / PAGE);
    }

    private static Reply search(String query) {
        return server.client().get("/houses" + query);
    }

    private static List<Long> ids(JsonNode data) {
        List<Long> ids = new ArrayList<>();
        data.path("houses").forEach(house -> ids.add(house.path("house_id").asLong()));
        return ids;
    }
}
