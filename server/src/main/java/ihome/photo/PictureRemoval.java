package ihome.photo;

import ihome.platform.db.Database;
import ihome.platform.outbox.Channel;
import ihome.platform.outbox.Handling;
import ihome.platform.outbox.Outbox;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/**
 * Removes the files of a picture after the commit that took it from where it was shown. The files stay when anything
 * shows the picture then: imported houses share theirs.
 */
public final class PictureRemoval {
    /** Of the outbox's messages. */
    public static final String KIND = "remove-picture";

    /** Longer than any upload takes to be stored. */
    static final Duration UNTIL_SHOWN = Duration.ofMinutes(30);

    private final Outbox outbox;

    public PictureRemoval(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Asks for it in the transaction that takes the picture away. */
    public void add(Handle tx, PictureKey picture) {
        Outbox.Message message = outbox.add(tx, KIND, Map.of("picture", picture.toString()));
        tx.afterCommit(() -> outbox.deliver(message));
    }

    /**
     * Asks, before a picture is stored, for its removal in a while should nothing show it then: whoever stores it may end at
     * any moment.
     */
    Outbox.Planned unlessShown(Handle tx, PictureKey picture) {
        return outbox.plan(tx, KIND, Map.of("picture", picture.toString()), UNTIL_SHOWN);
    }

    /** Where the messages go; asked again until the blob store has done it. */
    public static Channel channel(Database database, PictureLibrary pictures) {
        ReferencedPictureStore references = new ReferencedPictureStore();
        return new Channel() {
            @Override
            public void deliver(JsonNode payload) {
                String picture = payload.path("picture").asString();
                if (!database.withConnection(tx -> references.isShown(tx, picture))) {
                    pictures.delete(PictureKey.parse(picture));
                }
            }

            @Override
            public Handling handling() {
                return new Handling(false, true, null);
            }
        };
    }
}
