package ihome.cache;

import ihome.changeevents.ChangeKeys;
import ihome.platform.cache.RedisCache;
import ihome.platform.change.ChangeKey;
import ihome.platform.change.ChangeListener;
import ihome.platform.db.Database;
import ihome.platform.responsecache.CacheVersions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Makes void what a change touches: in Redis first, so that nothing old can come from there to the heap afterwards. */
public final class Invalidation implements ChangeListener {
    private final @Nullable RedisCache cache;
    private final CacheVersions versions;
    private final Database database;
    private final List<CachedKind> kinds;

    /**
     * Of all that is kept.
     *
     * @param cache null when answers are kept on the heap only
     * @param kinds what is kept
     */
    public Invalidation(@Nullable RedisCache cache, CacheVersions versions, Database database, List<CachedKind> kinds) {
        this.kinds = List.copyOf(kinds);
        this.cache = cache;
        this.versions = versions;
        this.database = database;
    }

    @Override
    public void changed(Set<ChangeKey> changeKeys) {
        Set<ChangeKey> shown = new HashSet<>();
        boolean unknown = false;
        for (ChangeKey changeKey : changeKeys) {
            if (changeKey.kind().equals(ChangeKeys.NIGHTS)) {
                // No answer shows one house's nights; lists are told of by themselves.
                continue;
            }
            shown.add(changeKey);
            if (changeKey.kind().equals(ChangeKeys.OWNER)) {
                try {
                    housesOf(changeKey.id()).forEach(house -> shown.add(ChangeKeys.house(house)));
                } catch (JdbiException e) {
                    unknown = true;
                }
            }
        }
        if (cache != null) {
            inRedis(cache, shown, unknown);
        }
        shown.forEach(versions::changed);
        if (unknown) {
            versions.everythingChanged();
        }
    }

    private void inRedis(RedisCache redis, Set<ChangeKey> changeKeys, boolean unknown) {
        Set<String> keys = new HashSet<>();
        for (ChangeKey changeKey : changeKeys) {
            for (CachedKind kind : kinds) {
                if (!kind.endedBy().equals(changeKey.kind())) {
                    continue;
                }
                if (kind.redisKey() == null) {
                    redis.renew(kind.generation());
                } else {
                    keys.add(kind.redisKey().apply(changeKey.id()));
                }
            }
        }
        redis.invalidate(keys);
        if (unknown) {
            redis.distrust();
        }
    }

    /**
     * Asked after the change is committed, so that no page with the old name can be left out: a house that was published
     * before is found here, one published later shows the new name.
     */
    private List<Long> housesOf(long owner) {
        return database.withConnection(handle -> OwnerStore.houses(handle, owner));
    }

    @Override
    public void invalidateAll() {
        if (cache != null) {
            cache.renewAll();
        }
        versions.everythingChanged();
    }
}
