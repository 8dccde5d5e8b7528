package ihome.web;

import ihome.platform.db.Database;
import java.util.List;
import org.jdbi.v3.core.Handle;

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
        long last = database.inSnapshot(SiteMap::lastId);
        StringBuilder xml = new StringBuilder(XML).append("<sitemapindex").append(NAMESPACE);
        for (long part = 0; part * RANGE <= last; part++) {
            xml.append("<sitemap><loc>").append(Markup.escape(site + "/sitemap-" + part + ".xml"));
            xml.append("</loc></sitemap>");
        }
        return xml.append("</sitemapindex>\n").toString();
    }

    /** One part, from 0; one that holds no house is an empty list. */
    String part(int part) {
        List<Long> ids = database.inSnapshot(tx -> ids(tx, (long) part * RANGE));
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

    private static long lastId(Handle tx) {
        return tx.createQuery("select coalesce(max(id), 0) from house")
                .mapTo(long.class)
                .one();
    }

    /** Two addresses of part 0 are the site's own pages. */
    private static List<Long> ids(Handle tx, long from) {
        return tx.createQuery("select id from house where id >= :from and id < :until order by id")
                .bind("from", from)
                .bind("until", from + RANGE)
                .mapTo(Long.class)
                .list();
    }
}
