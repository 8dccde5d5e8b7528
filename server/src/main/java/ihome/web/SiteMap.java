package ihome.web;

import ihome.platform.db.Database;
import ihome.platform.work.SharedComputation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The site map (sitemaps.org): an index of parts, each with the houses of a range of ids, since one file may hold at
 * most 50,000 addresses.
 */
final class SiteMap {
    private static final int RANGE = 50_000;
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String NAMESPACE = " xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">";

    /** Crawlers are told to keep them for an hour; a part of 50,000 houses is some megabytes that take long to make. */
    private static final Duration AGE = Duration.ofSeconds(10);
    /** The next parts have to be made again: they are not kept by the dozen. */
    private static final int PARTS_KEPT = 4;

    private final String site;
    private final Database database;
    private final SharedComputation<byte[]> index;
    private final Map<Integer, SharedComputation<byte[]>> parts = new LinkedHashMap<>();

    SiteMap(String site, Database database) {
        this.site = site;
        this.database = database;
        this.index = new SharedComputation<>(this::makeIndex, AGE);
    }

    /** Up to ten seconds old, as is a part. */
    byte[] index() {
        return index.get();
    }

    /** One part, from 0; one that holds no house is an empty list. */
    byte[] part(int part) {
        SharedComputation<byte[]> shared;
        synchronized (parts) {
            shared = parts.computeIfAbsent(part, _ -> new SharedComputation<>(() -> makePart(part), AGE));
            if (parts.size() > PARTS_KEPT) {
                parts.remove(parts.keySet().iterator().next());
            }
        }
        return shared.get();
    }

    private byte[] makeIndex() {
        long last = database.inSnapshot(SiteMapStore::lastId);
        StringBuilder xml = new StringBuilder(XML).append("<sitemapindex").append(NAMESPACE);
        for (long part = 0; part * RANGE <= last; part++) {
            xml.append("<sitemap><loc>").append(Markup.escape(site + "/sitemap-" + part + ".xml"));
            xml.append("</loc></sitemap>");
        }
        return xml.append("</sitemapindex>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] makePart(int part) {
        List<Long> ids = database.inSnapshot(tx -> SiteMapStore.ids(tx, (long) part * RANGE, RANGE));
        StringBuilder xml = new StringBuilder(XML).append("<urlset").append(NAMESPACE);
        if (part == 0) {
            location(xml, "/");
            location(xml, "/houses");
        }
        ids.forEach(id -> location(xml, "/houses/" + id));
        return xml.append("</urlset>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void location(StringBuilder xml, String path) {
        xml.append("<url><loc>").append(Markup.escape(site + path)).append("</loc></url>");
    }
}
