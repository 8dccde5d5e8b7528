package ihome.site;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.testing.Golden;
import java.util.List;
import java.util.StringJoiner;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** What all migrations together make, as one text: a change of the schema is seen whole where it is reviewed. */
class GoldenSchemaTest {
    private static final String COLUMNS = """
            select format('%s.%s %s%s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                case when a.attnotnull then ' not null' else '' end,
                case a.attidentity when 'a' then ' identity always' when 'd' then ' identity by default' else '' end,
                coalesce(case a.attgenerated when 's' then ' generated ' else ' default ' end
                    || pg_get_expr(d.adbin, d.adrelid), ''))
            from pg_attribute a
            join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'v', 'm', 'f')
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
              and c.relname <> 'flyway_schema_history'
            order by c.relname collate "C", a.attnum
            """;

    /** Without the not-null constraints, which PostgreSQL 18 lists too: they are with the columns. */
    private static final String CONSTRAINTS = """
            select format('%s: %s %s', c.relname, k.conname, pg_get_constraintdef(k.oid))
            from pg_constraint k join pg_class c on c.oid = k.conrelid
            where k.connamespace = 'public'::regnamespace and k.contype <> 'n' and c.relname <> 'flyway_schema_history'
            order by c.relname collate "C", k.contype, k.conname collate "C"
            """;

    private static final String INDEXES = """
            select indexdef from pg_indexes
            where schemaname = 'public' and tablename <> 'flyway_schema_history'
            order by tablename collate "C", indexname collate "C"
            """;

    private static final String FUNCTIONS = """
            select pg_get_functiondef(p.oid) from pg_proc p
            where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
            order by p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"
            """;

    private static final String TRIGGERS = """
            select pg_get_triggerdef(t.oid) from pg_trigger t
            where not t.tgisinternal order by t.tgname collate "C"
            """;

    private static final String RELATIONS = """
            select format('%s %s', case c.relkind when 'v' then 'view' when 'm' then 'materialized view'
                when 'S' then 'sequence' when 'p' then 'partitioned table' else 'table' end, c.relname)
            from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
              and c.relname <> 'flyway_schema_history'
            order by c.relname collate "C"
            """;

    private static final String EXTENSIONS = "select extname from pg_extension order by extname collate \"C\"";
    private static final String AREAS = "select id || ' ' || name from area order by id";
    private static final String FACILITIES = "select id || ' ' || name from facility order by id";

    @Test
    void theSchemaAndItsFirstRows() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        try (Database database = new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
            database.schema().migrate();
            Golden.check("schema.golden.txt", database.withConnection(GoldenSchemaTest::describe));
        }
    }

    private static String describe(Handle handle) {
        StringJoiner text = new StringJoiner("\n", "", "\n");
        section(text, handle, "extensions", EXTENSIONS);
        section(text, handle, "relations", RELATIONS);
        section(text, handle, "columns", COLUMNS);
        section(text, handle, "constraints", CONSTRAINTS);
        section(text, handle, "indexes", INDEXES);
        section(text, handle, "functions", FUNCTIONS);
        section(text, handle, "triggers", TRIGGERS);
        section(text, handle, "areas", AREAS);
        section(text, handle, "facilities", FACILITIES);
        return text.toString();
    }

    private static void section(StringJoiner text, Handle handle, String title, String query) {
        List<String> rows = handle.createQuery(query).mapTo(String.class).list();
        text.add("-- " + title + " (" + rows.size() + ")");
        rows.forEach(text::add);
        text.add("");
    }
}
