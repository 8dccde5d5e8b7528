package ihome.backup;

import ihome.platform.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What is in a backup. It is the file's last entry: a file without one was not finished.
 *
 * @param created when the snapshot was taken, UTC
 * @param schema version of the schema that the tables are of
 * @param tables in an order in which none refers to a later one
 * @param sequences the last value given by each, by its name
 * @param missingPictures that rows name but the store did not hold; 0 in backups of before it was written
 * @param entries SHA-256 of every entry, in hexadecimal, by its name
 */
record Manifest(
        String created,
        String schema,
        List<Table> tables,
        Map<String, Long> sequences,
        int missingPictures,
        Map<String, String> entries) {
    static final String ENTRY = "manifest.json";
    private static final int FORMAT = 1;

    /** @param columns in the order in which the rows were written */
    record Table(String name, List<String> columns, long rows, List<String> parts) {}

    byte[] toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("created", created);
        json.put("schema", schema);
        json.put("tables", tables);
        json.put("sequences", sequences);
        json.put("missingPictures", missingPictures);
        json.put("entries", entries);
        return Json.bytes(json);
    }

    /** Fails with {@link BackupUnusable} for what is no manifest, or that of a later format. */
    static Manifest parse(byte[] json) {
        JsonNode node;
        try {
            node = Json.parse(json);
        } catch (Json.MalformedJson e) {
            throw new BackupUnusable("this backup's list of contents cannot be read");
        }
        if (node.path("format").asInt(0) != FORMAT) {
            throw new BackupUnusable(
                    "this backup is of format " + node.path("format").asString("?")
                            + ", which this version does not read: use the version that made it, or a later one");
        }
        List<Table> tables = new ArrayList<>();
        for (JsonNode table : node.path("tables")) {
            tables.add(new Table(
                    table.path("name").asString(),
                    strings(table.path("columns")),
                    table.path("rows").asLong(),
                    strings(table.path("parts"))));
        }
        Map<String, Long> sequences = new LinkedHashMap<>();
        node.path("sequences").forEachEntry((name, value) -> sequences.put(name, value.asLong()));
        Map<String, String> entries = new LinkedHashMap<>();
        node.path("entries").forEachEntry((name, value) -> entries.put(name, value.asString()));
        return new Manifest(
                node.path("created").asString(),
                node.path("schema").asString(),
                tables,
                sequences,
                node.path("missingPictures").asInt(0),
                entries);
    }

    /** Of all tables. */
    long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    /**
     * Fails with {@link BackupUnusable} for what no backup says: names that entries do not have, a table twice, and rows of
     * one table that are to go into another.
     */
    void check() {
        EntryNames.check(List.copyOf(entries.keySet()));
        Set<String> names = new HashSet<>();
        for (Table table : tables) {
            boolean ownParts = table.parts().stream()
                    .allMatch(part -> part.startsWith(Backup.TABLES + table.name() + "-") && entries.containsKey(part));
            if (!names.add(table.name()) || !ownParts) {
                throw new BackupUnusable("this backup's list of contents is not one that a backup has");
            }
        }
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(value -> strings.add(value.asString()));
        return strings;
    }
}
