package ihome.importing;

import ihome.platform.db.CopyRows;
import ihome.siteconfig.SiteFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All SQL of the import. Every method but {@link #analyze} runs inside the caller's transaction. */
final class ImportStore {
    /** What a batch added. */
    record Added(int houses, int hosts, Set<String> pictures) {}

    /** Any number that no other part of the program locks. */
    private static final long LOCK = 0x69_48_6F_6D_65_49_6DL;

    private static final int NAME_ATTEMPTS = 50;

    private static final String STAGE = """
            create temp table import_row (
                line int, room text, host text, host_name text, title text, price bigint, area text, room_count int,
                unit text, capacity int, beds text, min_days int, max_days int, order_count int, room_type text,
                latitude double precision, longitude double precision, created_at timestamptz,
                facilities smallint[], pictures text[]) on commit drop;
            create temp table import_added (id bigint, room text) on commit drop;
            """;

    private static final String NEW_HOSTS = """
            create temp table import_host on commit drop as
            select host, min(host_name) as name, min(created_at) as created_at
            from import_row
            where not exists (select from account where external_id = host)
            group by host
            """;

    /** Names are unique: first the name itself, then with more and more of the id, then with a number. */
    private static final String ADD_HOSTS = """
            with wanted as (
                select host, created_at, name || case attempt
                    when 0 then ''
                    when 1 then right(host, 4)
                    when 2 then '·' || split_part(host, ':', 2)
                    else '·' || split_part(host, ':', 2) || '-' || attempt
                end as name
                from import_host, (select ?::int) as a (attempt)
            )
            insert into account (name, external_id, created_at)
            select distinct on (name) name, host, created_at from wanted order by name, host
            on conflict do nothing
            """;

    private static final String DROP_ADDED_HOSTS = """
            delete from import_host where exists (select from account where external_id = host)
            """;

    /** The file tells no more of where a house is than its area, for good reasons. */
    private static final String ADD_HOUSES = """
            with added as (
                insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                    deposit, min_days, max_days, order_count, main_image, room_type, latitude, longitude, external_id,
                    created_at)
                select account.id, title, price, area.id, %s, room_count, 0, unit, capacity, beds,
                    0, min_days, max_days, order_count, pictures[1], room_type, import_row.latitude,
                    import_row.longitude, room,
                    import_row.created_at
                from import_row
                join account on account.external_id = host
                join area on area.name = import_row.area and area.city_id = ?
                join city on city.id = area.city_id
                where not exists (select from house where house.external_id = room)
                order by line
                on conflict do nothing
                returning id, external_id
            )
            insert into import_added select id, external_id from added
            """.formatted(AreaAddress.SQL);

    /** Neighbourhoods of new houses that are no areas of the city yet. A house that is there stays where it is. */
    private static final String NEW_AREAS = """
            create temp table import_area on commit drop as
            select area as name, row_number() over (order by min(line)) as place
            from import_row
            where not exists (select from house where house.external_id = room)
              and not exists (select from area known where known.city_id = ? and known.name = import_row.area)
            group by area
            """;

    /** As applying a site file does first: neither changes areas while the other does. */
    private static final String LOCK_CITIES = "select id from city order by id for update";

    /**
     * Under the ids above all that there are, so that no link to an area of before means another one; where the highest that a
     * site file takes is reached, under the lowest free ones.
     */
    private static final String ADD_AREAS = """
            insert into area (id, city_id, name)
            select free.id, ?, wanted.name
            from import_area wanted
            join (select id, row_number() over (order by id < (select max(id) from area), id) as place
                  from generate_series(1, %d) as numbers (id)
                  where not exists (select from area where area.id = numbers.id)) free using (place)
            on conflict (city_id, name) do nothing
            """.formatted(SiteFile.HIGHEST_AREA);

    private static final String ADD_FACILITIES = """
            insert into house_facility (house_id, facility_id)
            select id, unnest(facilities) from import_added join import_row using (room)
            """;

    private static final String ADD_PICTURES = """
            insert into house_image (house_id, picture, created_at)
            select id, picture, created_at
            from import_added join import_row using (room)
            cross join unnest(pictures) with ordinality as p (picture, place)
            order by id, place
            """;

    private static final String NOTE_CHANGES = """
            insert into change_log (topic)
            select 'house:' || id from import_added
            union all select topic from (values ('lists'), ('areas'), ('site')) as t (topic)
            where exists (select from import_added) or ? > 0
            """;

    private static final String PICTURES = """
            select distinct unnest(pictures) from import_added join import_row using (room)
            """;

    private ImportStore() {}

    /**
     * Stores the listings that are not there yet; those with one room id must not come twice in a batch.
     *
     * @param source see {@link ImportOptions}
     * @param city that they lie in
     */
    static Added add(Connection connection, String source, int city, Collection<Listing> listings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Imports take turns: two that wait for each other's hosts and names would be a deadlock.
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute(STAGE);
            copy(connection, source, listings);
            statement.execute("analyze import_row");
            int hosts = addHosts(connection, statement);
            int areas = addAreas(connection, statement, city);
            int houses = update(connection, ADD_HOUSES, city);
            statement.executeUpdate(ADD_FACILITIES);
            statement.executeUpdate(ADD_PICTURES);
            update(connection, NOTE_CHANGES, areas);
            return new Added(houses, hosts, pictures(statement));
        }
    }

    private static int addAreas(Connection connection, Statement statement, int city) throws SQLException {
        int wanted = update(connection, NEW_AREAS, city);
        if (wanted == 0) {
            return 0;
        }
        statement.execute(LOCK_CITIES);
        int added = update(connection, ADD_AREAS, city);
        try (ResultSet count = statement.executeQuery("select count(*) from area")) {
            count.next();
            if (count.getInt(1) > SiteFile.MOST_AREAS) {
                throw new UnusableFile("the site would have " + count.getInt(1) + " areas: it may have "
                        + SiteFile.MOST_AREAS + "; the rows before these are stored");
            }
        }
        return added;
    }

    /** A city of the site, and what a file may call its areas. */
    record City(int id, Places places) {}

    /**
     * The city that a file is of.
     *
     * @param id null: the site's first one
     * @throws UnusableFile there is no such city
     */
    static City city(Connection connection, @Nullable Integer id) throws SQLException {
        String which = id == null ? "" : "where id = " + id;
        try (Statement statement = connection.createStatement()) {
            int city;
            String name;
            try (ResultSet row =
                    statement.executeQuery("select id, name from city " + which + " order by place, id limit 1")) {
                if (!row.next()) {
                    throw new UnusableFile(
                            "the site has no city " + id + ": add it to site.yaml, see ./ihome help site");
                }
                city = row.getInt("id");
                name = row.getString("name");
            }
            Map<String, String> names = new HashMap<>();
            try (ResultSet row = statement.executeQuery(
                    "select name, coalesce(name_en, name) as name_en from area where city_id = " + city)) {
                while (row.next()) {
                    names.put(Places.key(row.getString("name_en")), row.getString("name"));
                    names.put(Places.key(row.getString("name")), row.getString("name"));
                }
            }
            return new City(city, new Places(name, names, id != null));
        }
    }

    private static int update(Connection connection, String sql, int... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int at = 0; at < values.length; at++) {
                update.setInt(at + 1, values[at]);
            }
            return update.executeUpdate();
        }
    }

    private static int addHosts(Connection connection, Statement statement) throws SQLException {
        int added = 0;
        int left = statement.executeUpdate(NEW_HOSTS);
        try (PreparedStatement insert = connection.prepareStatement(ADD_HOSTS)) {
            for (int attempt = 0; left > 0; attempt++) {
                if (attempt == NAME_ATTEMPTS) {
                    throw new IllegalStateException("no free name for a host after " + attempt + " attempts");
                }
                insert.setInt(1, attempt);
                added += insert.executeUpdate();
                left -= statement.executeUpdate(DROP_ADDED_HOSTS);
            }
        }
        return added;
    }

    private static Set<String> pictures(Statement statement) throws SQLException {
        Set<String> pictures = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(PICTURES)) {
            while (rows.next()) {
                pictures.add(rows.getString(1));
            }
        }
        return pictures;
    }

    private static void copy(Connection connection, String source, Collection<Listing> listings) throws SQLException {
        CopyRows text = new CopyRows(connection, "copy import_row from stdin");
        int line = 0;
        for (Listing listing : listings) {
            text.value(line++)
                    .value(source + ":" + listing.roomId())
                    .value(source + ":" + listing.hostId())
                    .value(listing.hostName())
                    .value(listing.title())
                    .value(listing.price())
                    .value(listing.area())
                    .value(listing.roomCount())
                    .value(listing.unit())
                    .value(listing.capacity())
                    .value(listing.beds())
                    .value(listing.minDays())
                    .value(listing.maxDays())
                    .value(listing.orderCount())
                    .value(listing.roomType())
                    .value(listing.latitude())
                    .value(listing.longitude())
                    .value(listing.createdAt())
                    .array(listing.facilities())
                    .array(listing.pictures())
                    .endRow();
        }
        text.finish();
    }

    /** Tells the planner of the new rows at once rather than with the next autovacuum. */
    static void analyze(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("analyze account, house, house_image, house_facility");
        }
    }
}
