package ihome.identity;

import ihome.platform.crypto.FieldCipher;
import ihome.platform.crypto.KeyId;
import ihome.platform.crypto.KeyRing;
import ihome.platform.db.Database;
import ihome.platform.problem.Unavailable;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of this node. Which of them is written with is the database's word alone, asked in the writing transaction:
 * no node writes what the others cannot read, and none writes with the old key after a change has begun.
 */
public final class IdentityKeys implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IdentityKeys.class);

    private final KeySource source;
    private final Database database;
    private final UUID node = UUID.randomUUID();
    private volatile KeyRing ring;

    private IdentityKeys(KeySource source, Database database, KeyRing ring) {
        this.source = source;
        this.database = database;
        this.ring = ring;
    }

    /** Fails with {@link WrongIdentityKey} when they are not those that this database was filled with. */
    public static IdentityKeys open(KeySource source, Database database) {
        Optional<byte[]> expected = IdentityKeyStore.recorded(database);
        if (expected.isPresent() && !source.isThere()) {
            throw WrongIdentityKey.missing(source.file());
        }
        KeyRing ring = new KeyRing(source.read());
        // The key is on disk by now: a check value without its key would shut out every node.
        byte[] valid = expected.isPresent()
                ? expected.get()
                : IdentityKeyStore.record(database, ring.checks().getLast());
        if (!holds(ring, valid)) {
            throw WrongIdentityKey.differs(source);
        }
        Optional<IdentityKeyStore.Rotation> rotation = database.withConnection(IdentityKeyStore::rotation);
        if (rotation.isPresent()
                && !holds(ring, rotation.get().before())
                && IdentityKeyStore.fieldsNotUnder(database, KeyId.of(valid)) > 0) {
            throw WrongIdentityKey.changing(source);
        }
        return new IdentityKeys(source, database, ring);
    }

    /**
     * What the transaction has to encrypt with. A change of the key waits until the transaction is over.
     *
     * @throws Unavailable if the key has been changed and this node does not have the new one
     */
    public FieldCipher forWriting(Handle tx) {
        KeyId current = KeyId.of(IdentityKeyStore.currentForWriting(tx));
        if (ring.cipher(current).isEmpty()) {
            reload();
        }
        return ring.cipher(current)
                .orElseThrow(() ->
                        new Unavailable("this node does not have the identity key " + current + ", which is in force"));
    }

    /** Fails with {@link IllegalStateException} when the value was altered, moved, or written with a key that is not here. */
    public String decrypt(byte[] sealed, String place) {
        if (!ring.mayRead(sealed)) {
            reload();
        }
        return ring.decrypt(sealed, place);
    }

    /** Reads the key file again, and puts on record which keys this node holds. */
    public void report() {
        reload();
        database.withConnection(handle -> IdentityKeyStore.report(handle, node, ring.checks()));
    }

    private void reload() {
        KeyRing before = ring;
        KeyRing now = new KeyRing(source.read());
        if (before.checks().size() != now.checks().size()) {
            log.info(
                    "identity keys: {} held now, {} before",
                    now.checks().size(),
                    before.checks().size());
        }
        ring = now;
    }

    static boolean holds(KeyRing ring, byte[] check) {
        return holds(ring.checks(), check);
    }

    static boolean holds(List<byte[]> checks, byte[] check) {
        return checks.stream().anyMatch(own -> MessageDigest.isEqual(own, check));
    }

    /** This node no longer counts. */
    @Override
    public void close() {
        try {
            database.withConnection(handle -> IdentityKeyStore.leave(handle, node));
        } catch (JdbiException e) {
            log.debug("the record of this node's keys stays until it is old: {}", e.getMessage());
        }
    }
}
