package ihome.listing;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a house says beside the fields of the API document: texts and times for everybody, how to get in for its owner. */
class HouseSaysMoreTest {
    private static final String DOOR = "3 号楼 2 单元 1701";
    private static final String GUIDE = "门锁密码 408172#\nWi-Fi: courtyard / 9f3kq2";

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

    private static SampleHouse talkative() {
        return SampleHouse.house()
                .with("description", Json.text(" 两进小院，正房朝南。\r\n院里有一棵石榴树。 "))
                .with("rules", Json.text("禁止吸烟"))
                .with("check_in_from", "\"14:00\"")
                .with("check_in_until", "\"22:30\"")
                .with("check_out_by", "\"12:00\"")
                .with("door", Json.text(DOOR))
                .with("arrival_guide", Json.text(GUIDE));
    }

    private static JsonNode own(long house) {
        return host.get("/user/houses/" + house).expect("0").data();
    }

    private static JsonNode full(long house) {
        return server.client().get("/houses/" + house).data().path("house");
    }

    private static Map<String, String> said(JsonNode house) {
        Map<String, String> said = new LinkedHashMap<>();
        for (String name : List.of("description", "rules", "check_in_from", "check_in_until", "check_out_by")) {
            said.put(name, house.path(name).isNull() ? null : house.path(name).asString());
        }
        return said;
    }

    @Test
    void everybodySeesTextsAndTimes() {
        long house = talkative().publish(host);
        for (JsonNode shown : List.of(full(house), own(house))) {
            assertThat(said(shown))
                    .containsEntry("description", "两进小院，正房朝南。\n院里有一棵石榴树。")
                    .containsEntry("rules", "禁止吸烟")
                    .containsEntry("check_in_from", "14:00")
                    .containsEntry("check_in_until", "22:30")
                    .containsEntry("check_out_by", "12:00");
        }
        assertThat(own(house).path("door").asString()).isEqualTo(DOOR);
        assertThat(own(house).path("arrival_guide").asString()).isEqualTo(GUIDE);
    }

    @Test
    void aClientThatKnowsNoneOfThemPublishesAsBefore() {
        long house = SampleHouse.house().publish(host);
        for (JsonNode shown : List.of(full(house), own(house))) {
            assertThat(said(shown))
                    .containsEntry("description", "")
                    .containsEntry("rules", "")
                    .containsEntry("check_in_from", "15:00")
                    .containsEntry("check_in_until", null)
                    .containsEntry("check_out_by", "11:00");
        }
        assertThat(own(house).path("door").asString()).isEmpty();
        assertThat(own(house).path("arrival_guide").asString()).isEmpty();
        assertThat(server.rows("house_arrival where house_id = " + house)).isZero();
    }

    @Test
    void onlyWhatIsMentionedChangesAndNullSetsItBack() {
        long house = talkative().publish(host);
        JsonNode before = own(house);
        assertThat(host.put("/houses/" + house, "{\"price\": 388}").expect("0").data())
                .isEqualTo(before);
        JsonNode after = host.put("/houses/" + house, "{\"check_in_until\": \"23:59\", \"door\": \"后门\"}")
                .expect("0")
                .data();
        assertThat(after.path("check_in_until").asString()).isEqualTo("23:59");
        assertThat(after.path("door").asString()).isEqualTo("后门");
        assertThat(after.path("arrival_guide").asString()).isEqualTo(GUIDE);
        assertThat(full(house).path("check_in_until").asString()).isEqualTo("23:59");
        Map<String, Object> nothing = new HashMap<>();
        for (String name : said(before).keySet()) {
            nothing.put(name, null);
        }
        nothing.put("door", null);
        nothing.put("arrival_guide", null);
        host.put("/houses/" + house, Json.text(nothing)).expect("0");
        long bare = SampleHouse.house().publish(host);
        assertThat(said(full(house))).isEqualTo(said(full(bare)));
        assertThat(own(house).path("door").asString()).isEmpty();
        assertThat(own(house).path("arrival_guide").asString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check_in_from|\"24:00\"",
                "check_in_from|\"9:00\"",
                "check_in_from|\"15:00:00\"",
                "check_in_from|1500",
                "check_in_from|[]",
                "check_in_until|\"15:60\"",
                "check_in_until|\"15:00\"",
                "check_in_until|\"02:00\"",
                "check_out_by|\"noon\"",
                "check_out_by|\"１１:００\"",
                "door|\"a\\nb\"",
                "door|{}",
                "description|\"a\\u200bb\"",
                "rules|[\"a\"]",
                "arrival_guide|\"a\\u0000b\"",
            })
    void whatIsWrongIsNamedAndNothingIsStored(String field, String json) {
        refused(field, json);
    }

    @Test
    void everyTextIsBounded() {
        for (Map.Entry<String, Integer> most : Map.of(
                        "description", 5_000, "rules", 2_000, "door", 200, "arrival_guide", 5_000)
                .entrySet()) {
            refused(most.getKey(), Json.text("长".repeat(most.getValue() + 1)));
            String longest = "长".repeat(most.getValue());
            long house =
                    SampleHouse.house().with(most.getKey(), Json.text(longest)).publish(host);
            assertThat(own(house).path(most.getKey()).asString()).isEqualTo(longest);
        }
    }

    private static void refused(String field, String json) {
        long house = talkative().with("check_in_from", "\"15:00\"").publish(host);
        JsonNode before = own(house);
        host.put("/houses/" + house, "{\"title\": \"x\", \"" + field + "\": " + json + "}")
                .expectBadField(field);
        assertThat(own(house)).isEqualTo(before);
        int houses = server.rows("house");
        host.post("/houses", SampleHouse.house().with(field, json).json()).expectBadField(field);
        assertThat(server.rows("house")).isEqualTo(houses);
    }

    /** An edit of one end is held against the other that is kept. */
    @Test
    void arrivalsEndAfterTheyBegin() {
        long house = talkative().publish(host);
        host.put("/houses/" + house, "{\"check_in_from\": \"22:30\"}")
                .expectBadField("check_in_until", "最晚入住时间应晚于最早入住时间");
        host.put("/houses/" + house, "{\"check_in_from\": \"22:29\"}").expect("0");
        host.put("/houses/" + house, "{\"check_in_from\": \"23:30\", \"check_in_until\": null}")
                .expect("0");
    }

    @Test
    void howToGetInIsTheOwnersAlone() {
        long house = talkative()
                .with("latitude", "39.94172")
                .with("longitude", "116.39216")
                .publish(host);
        ApiClient stranger = server.registered();
        for (ApiClient who : List.of(server.client(), stranger, host)) {
            for (String path : List.of("/houses/" + house, "//houses/" + house, "/houses?aid=1", "/houses/index")) {
                assertThat(who.get(path).text())
                        .as(path)
                        .doesNotContain("单元 1701", "密码 408172", "9f3kq2", "door", "arrival_guide", "39.94172");
            }
        }
        assertThat(stranger.get("/user/houses/" + house).expect("4105").text()).doesNotContain("单元 1701", "密码 408172");
        assertThat(stranger.put("/houses/" + house, "{\"door\": \"x\"}")
                        .expect("4105")
                        .text())
                .doesNotContain("单元 1701", "密码 408172");
        assertThat(stranger.get("/user/export").expect("0").text()).doesNotContain("单元 1701", "密码 408172");
    }

    @Test
    void theCopyOfOnesDataHasIt() {
        ApiClient other = server.registered();
        talkative().with("latitude", "39.94172").with("longitude", "116.39216").publish(other);
        JsonNode house =
                other.get("/user/export").expect("0").data().path("houses").get(0);
        assertThat(house.path("door").asString()).isEqualTo(DOOR);
        assertThat(house.path("arrival_guide").asString()).isEqualTo(GUIDE);
        assertThat(house.path("latitude").asDouble()).isEqualTo(39.94172);
        assertThat(said(house))
                .isEqualTo(Map.of(
                        "description", "两进小院，正房朝南。\n院里有一棵石榴树。",
                        "rules", "禁止吸烟",
                        "check_in_from", "14:00",
                        "check_in_until", "22:30",
                        "check_out_by", "12:00"));
    }

    /** Houses of the version before say nothing, and that version goes on publishing beside this one. */
    @Test
    void theVersionBeforeGoesOn() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        try (Database database = new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
            database.schema().migrateTo("27");
            execute(database, "insert into account (name, mobile, created_at) values ('h', '13900000000', now())");
            publishAsTheVersionBefore(database);
            database.schema().migrate();
            publishAsTheVersionBefore(database);
            execute(database, "update house set title = 'edited', min_days = 2");
            assertThat(database.<List<String>, RuntimeException>withConnection(
                            tx -> tx.createQuery("""
                                    select concat_ws('|', description, rules, check_in_from, check_in_until, check_out_by)
                                    from house order by id
                                    """).mapTo(String.class).list()))
                    .containsExactly("||15:00:00|11:00:00", "||15:00:00|11:00:00");
        }
    }

    private static void publishAsTheVersionBefore(Database database) {
        execute(database, """
                insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                   deposit, min_days, max_days, instant_booking, cancellation_policy, latitude, longitude,
                                   created_at)
                values (1, 'house', 1, 1, 'street', 1, 1, 'flat', 1, 'bed', 0, 1, 0, false, 'flexible', null, null, now())
                """);
    }

    private static void execute(Database database, String sql) {
        var _ = database.withConnection(handle -> handle.execute(sql));
    }
}
