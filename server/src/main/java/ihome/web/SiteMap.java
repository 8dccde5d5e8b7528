package ihome.web;

import ihome.platform.db.Database;
import java.util.List;

/**
 * The site map (sitemaps.org): an index of parts, each with the houses of a range of ids, since one file may hold at
 * most 50,000 addresses.
 */
final class SiteMap {
    private static final int RANGE = 50_000;
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String NAMESPACE = " xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">";

    private final String site;
    private final Database database;

    SiteMap(String site, Database database) {
        this.site = site;
        this.database = database;
    }

    String index() {
        long last = database.inSnapshot(SiteMapStore::lastId);
        StringBuilder xml = new StringBuilder(XML).append("<sitemapindex").append(NAMESPACE);
        for (long part = 0; part * RANGE <= last; part++) {
            xml.append("<sitemap><loc>").append(Markup.escape(site + "/sitemap-" + part + ".xml"));
            xml.append("</loc></sitemap>");
        }
        return xml.append("</sitemapindex>\n").toString();
    }

    /** One part, from 0; one that holds no house is an empty list. */
    String part(int part) {
        List<Long> ids = database.inSnapshot(tx -> SiteMapStore.ids(tx, (long) part * RANGE, RANGE));
        StringBuilder xml = new StringBuilder(XML).append("<urlset").append(NAMESPACE);
        if (part == 0) {
            location(xml, "/");
            location(xml, "/houses");
        }
        ids.forEach(id -> location(xml, "/houses/" + id));
        return xml.append("</urlset>\n").toString();
    }

    private void location(StringBuilder xml, String path) {
        xml.append("<url><loc>").append(Markup.escape(site + path)).append("</loc></url>");
    }
}
