package ihome.cache;

import ihome.platform.cache.RedisCache;
import ihome.platform.change.ChangeListener;
import ihome.platform.change.Topic;
import ihome.platform.db.Database;
import ihome.topics.Topics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;

/** Makes void what a change touches. */
public final class Invalidation implements ChangeListener {
    private final RedisCache cache;
    private final Database database;

    public Invalidation(RedisCache cache, Database database) {
        this.cache = cache;
        this.database = database;
    }

    @Override
    public void changed(Set<Topic> topics) {
        Set<String> keys = new HashSet<>();
        for (Topic topic : topics) {
            if (topic.equals(Topics.AREAS)) {
                keys.add(CachedAnswers.AREAS);
            } else if (topic.equals(Topics.LISTS)) {
                keys.add(CachedAnswers.HOME);
                cache.renew(CachedAnswers.LISTS_GENERATION);
            } else if (topic.kind().equals(Topics.HOUSE)) {
                keys.add(CachedAnswers.houseKey(topic.id()));
            } else if (topic.kind().equals(Topics.OWNER)) {
                housesOf(topic.id()).forEach(house -> keys.add(CachedAnswers.houseKey(house)));
            }
        }
        cache.invalidate(keys);
    }

    /**
     * Asked after the change is committed, so that no page with the old name can be left out: a house that was published
     * before is found here, one published later shows the new name.
     */
    private List<Long> housesOf(long owner) {
        try {
            return database.withConnection(handle -> OwnerStore.houses(handle, owner));
        } catch (JdbiException e) {
            cache.distrust();
            return List.of();
        }
    }

    @Override
    public void anythingMayHaveChanged() {
        cache.renewAll();
    }
}
