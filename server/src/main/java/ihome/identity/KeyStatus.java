package ihome.identity;

import ihome.platform.crypto.KeyId;
import ihome.platform.db.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How it stands with the identity key.
 *
 * @param current the key in force; empty before the first node has started
 * @param before the key that is being replaced; empty when none is
 * @param accounts verified accounts by key id; empty text: written before values had key ids
 * @param nodes how many nodes are running
 * @param nodesWithCurrent how many of them hold the key in force
 */
public record KeyStatus(
        Optional<KeyId> current, Optional<KeyId> before, Map<String, Long> accounts, int nodes, int nodesWithCurrent) {
    public static KeyStatus of(Database database) {
        Optional<byte[]> current = IdentityKeyStore.recorded(database);
        List<List<byte[]>> nodes = database.withConnection(IdentityKeyStore::nodes);
        long with = nodes.stream()
                .filter(held -> current.isPresent() && IdentityKeys.holds(held, current.get()))
                .count();
        return new KeyStatus(
                current.map(KeyId::of),
                database.withConnection(IdentityKeyStore::rotation).map(rotation -> KeyId.of(rotation.before())),
                IdentityKeyStore.accountsByKey(database),
                nodes.size(),
                (int) with);
    }
}
