package ihome.photo;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The pictures that accounts and houses show. */
final class ReferencedPictureStore {

    /** Whether a house or an account shows the picture; a house's main image is one of its photos. */
    boolean isShown(Handle tx, String picture) {
        return tx.createQuery("""
                        select exists (select from house_image where picture = :picture)
                            or (:avatar and exists (select from account where avatar = :picture))
                        """)
                .bind("picture", picture)
                .bind("avatar", picture.startsWith(PictureKind.AVATAR.folder() + "/"))
                .mapTo(boolean.class)
                .one();
    }

    /** The keys of all of them, each once, without widths, in an order that stays. */
    List<String> all(Handle tx) {
        return tx.createQuery("""
                        select avatar as picture from account where avatar is not null
                        union select main_image from house where main_image is not null
                        union select picture from house_image
                        order by 1
                        """).setFetchSize(5_000).mapTo(String.class).list();
    }
}
