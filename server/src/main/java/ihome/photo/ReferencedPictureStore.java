package ihome.photo;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The pictures that accounts, houses and orders show. */
final class ReferencedPictureStore {

    /** Whether something shows the picture; a house's main image is one of its photos, or was when an order was placed. */
    boolean isShown(Handle tx, String picture) {
        return tx.createQuery("""
                        select exists (select from house_image where picture = :picture)
                            or exists (select from orders where main_image = :picture)
                            or (:avatar and exists (select from account where avatar = :picture))
                        """)
                .bind("picture", picture)
                .bind("avatar", picture.startsWith(PictureKind.AVATAR.folder() + "/"))
                .mapTo(boolean.class)
                .one();
    }

    /**
     * The keys of all of them, each once, without widths, in an order that stays. Also asked by a backup of a site that has
     * not been migrated yet, whose orders show none of their own.
     */
    List<String> all(Handle tx) {
        String pictures = """
                select avatar as picture from account where avatar is not null
                union select main_image from house where main_image is not null
                union select picture from house_image
                """;
        if (ordersShowPictures(tx)) {
            pictures += "union select main_image from orders where main_image is not null\n";
        }
        return tx.createQuery(pictures + "order by 1")
                .setFetchSize(5_000)
                .mapTo(String.class)
                .list();
    }

    private static boolean ordersShowPictures(Handle tx) {
        return tx.createQuery("""
                        select exists (select from pg_attribute
                                       where attrelid = to_regclass('orders') and attname = 'main_image' and not attisdropped)
                        """).mapTo(boolean.class).one();
    }
}
