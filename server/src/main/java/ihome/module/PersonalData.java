package ihome.module;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The personal data of a feature: what an account's export shows of it, what forbids the erasure of an account, and what an
 * erasure does to it. The order in which features are asked means nothing: none may rely on what another one has erased.
 */
public interface PersonalData {
    /** The feature's lists of an export. Their names are unique among all features. */
    default List<ExportedList> exports() {
        return List.of();
    }

    /**
     * What forbids the erasure of an account: for each obstacle the query whose only value says whether it applies to {@code
     * :account}. The account's row is locked then, until the transaction ends.
     */
    default Map<ErasureObstacle, String> obstacles() {
        return Map.of();
    }

    /**
     * Deletes or anonymizes what tells who the account was, within the transaction of the erasure. Called when no feature
     * has an obstacle. The account's own row is erased after all features have been called: triggers refuse to change what
     * belongs to an erased account.
     */
    default void erase(Handle tx, Erasure erasure) {}
}
