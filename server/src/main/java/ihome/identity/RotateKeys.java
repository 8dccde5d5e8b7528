package ihome.identity;

import ihome.platform.crypto.FieldCipher;
import ihome.platform.crypto.KeyCheck;
import ihome.platform.crypto.KeyId;
import ihome.platform.crypto.KeyRing;
import ihome.platform.db.Database;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Changes the identity key while the site serves. The new key is with every node before it is in force; once it is,
 * nobody writes with the old one, and what is under the old one is encrypted anew, so many accounts a transaction. It can
 * end at any moment: run again, it goes on where it was. The old key leaves the key file when nothing is under it.
 */
public final class RotateKeys {
    private static final int BATCH = 500;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Database database;
    private final KeySource source;
    private final Clock clock;
    private final Duration wait;
    private final int batch;
    private final Consumer<String> progress;
    private final Audit audit = new Audit();

    /**
     * @param wait how long nodes may take to read the new key
     * @param progress is told a line of what is being done
     */
    public RotateKeys(Database database, KeySource source, Clock clock, Duration wait, Consumer<String> progress) {
        this(database, source, clock, wait, progress, BATCH);
    }

    RotateKeys(Database database, KeySource source, Clock clock, Duration wait, Consumer<String> progress, int batch) {
        this.database = database;
        this.source = source;
        this.clock = clock;
        this.wait = wait;
        this.batch = batch;
        this.progress = progress;
    }

    /**
     * What was done.
     *
     * @param accounts whose fields were encrypted anew by this run
     * @param configured whether the keys are the configuration's, which the operator takes the old one out of
     */
    public record Summary(KeyId before, KeyId after, long accounts, boolean configured) {}

    /** Fails with {@link RotationRefused} and {@link WrongIdentityKey}; what was begun stays begun. */
    public Summary run() {
        try (Handle locked = database.openOutsidePool()) {
            return locked.inTransaction(tx -> {
                if (!IdentityKeyStore.lock(tx)) {
                    throw new RotationRefused("another ./ihome keys rotate is at work on this database");
                }
                return rotated();
            });
        }
    }

    private Summary rotated() {
        // Refuses keys that are not this database's; a site that has never run gets its first.
        IdentityKeys.open(source, database);
        List<byte[]> keys = source.read();
        byte[] current = IdentityKeyStore.recorded(database).orElseThrow();
        Optional<IdentityKeyStore.Rotation> begun = database.withConnection(IdentityKeyStore::rotation);
        byte[] before = current;
        byte[] after = current;
        long from = 0;
        if (begun.isPresent()) {
            before = begun.get().before();
            from = begun.get().doneUpTo();
            progress.accept("going on with the change to key " + KeyId.of(after));
        } else {
            keys = withNewKey(keys, current);
            after = KeyCheck.of(keys.getLast());
            awaitNodes(after);
            begin(before, after);
        }
        KeyRing ring = new KeyRing(keys);
        long accounts = encryptAnew(ring, KeyId.of(after), from);
        encryptOccupants(ring, KeyId.of(after));
        if (IdentityKeyStore.fieldsNotUnder(database, KeyId.of(after)) > 0) {
            // Rows from elsewhere, such as a restore of single accounts by hand.
            accounts += encryptAnew(ring, KeyId.of(after), 0);
        }
        end(keys, before, after);
        return new Summary(
                KeyId.of(before), KeyId.of(after), accounts, source.configured().isPresent());
    }

    /** The key in force and the one that is to be, which a run before this one may have made. */
    private List<byte[]> withNewKey(List<byte[]> keys, byte[] current) {
        List<byte[]> others = new ArrayList<>();
        List<byte[]> ring = new ArrayList<>();
        for (byte[] key : keys) {
            (MessageDigest.isEqual(KeyCheck.of(key), current) ? ring : others).add(key);
        }
        if (others.size() > 1 || (source.configured().isPresent() && others.isEmpty())) {
            throw new RotationRefused("IHOME_IDENTITY_KEY should be the key in force (" + KeyId.of(current)
                    + ") and one new key (openssl rand -base64 32) with a comma between, here and on every node");
        }
        ring.add(others.isEmpty() ? KeySource.fresh() : others.getFirst());
        if (source.configured().isEmpty() && others.isEmpty()) {
            source.write(ring);
        }
        return ring;
    }

    private void awaitNodes(byte[] after) {
        long end = System.nanoTime() + wait.toNanos();
        progress.accept("waiting until every node holds key " + KeyId.of(after));
        while (true) {
            List<List<byte[]>> nodes = database.withConnection(IdentityKeyStore::nodes);
            long without = nodes.stream()
                    .filter(held -> !IdentityKeys.holds(held, after))
                    .count();
            if (without == 0) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new RotationRefused(without + " of " + nodes.size() + " nodes do not hold the new key "
                        + KeyId.of(after) + ": give both keys to each (IHOME_IDENTITY_KEY, or its identity.key),"
                        + " restart those, and run this again. Nothing was changed yet");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private void begin(byte[] before, byte[] after) {
        database.inTransaction(tx -> {
            IdentityKeyStore.begin(tx, before, after, clock.instant());
            audit.byOperator(tx, Audit.What.KEY_CHANGE_BEGUN, clock.instant());
            return null;
        });
        progress.accept("key " + KeyId.of(after) + " is in force");
    }

    private long encryptAnew(KeyRing ring, KeyId after, long from) {
        Optional<FieldCipher> cipher = ring.cipher(after);
        long accounts = 0;
        long last = from;
        while (last >= 0 && cipher.isPresent()) {
            long at = last;
            List<IdentityKeyStore.Sealed> done = database.inTransaction(tx -> encryptAnew(tx, ring, cipher.get(), at));
            accounts += done.size();
            last = done.isEmpty() ? -1 : done.getLast().account();
            progress.accept(accounts + " accounts done");
        }
        return accounts;
    }

    private List<IdentityKeyStore.Sealed> encryptAnew(Handle tx, KeyRing ring, FieldCipher cipher, long after) {
        List<IdentityKeyStore.Sealed> next = IdentityKeyStore.next(tx, after, batch);
        for (IdentityKeyStore.Sealed sealed : next) {
            String name = EncryptedPlace.realName(sealed.account());
            String number = EncryptedPlace.idCard(sealed.account());
            IdentityKeyStore.replace(
                    tx,
                    new IdentityKeyStore.Sealed(
                            sealed.account(),
                            cipher.encrypt(ring.decrypt(sealed.realName(), name), name),
                            cipher.encrypt(ring.decrypt(sealed.idCard(), number), number)));
        }
        if (!next.isEmpty()) {
            IdentityKeyStore.doneUpTo(tx, next.getLast().account());
        }
        return next;
    }

    /** Those that are not under the key; there are few, as they are deleted soon after their stay. */
    private void encryptOccupants(KeyRing ring, KeyId after) {
        Optional<FieldCipher> cipher = ring.cipher(after);
        int done = batch;
        while (done == batch && cipher.isPresent()) {
            done = database.inTransaction(tx -> {
                List<OccupantKeyStore.Sealed> next = OccupantKeyStore.next(tx, after.hex(), batch);
                next.forEach(each -> OccupantKeyStore.replace(tx, encryptAnew(ring, cipher.get(), each)));
                return next.size();
            });
        }
    }

    private static OccupantKeyStore.Sealed encryptAnew(
            KeyRing ring, FieldCipher cipher, OccupantKeyStore.Sealed sealed) {
        String name = EncryptedPlace.occupant(sealed.order(), sealed.place(), "name");
        String number = EncryptedPlace.occupant(sealed.order(), sealed.place(), "id_number");
        String mobile = EncryptedPlace.occupant(sealed.order(), sealed.place(), "mobile");
        byte[] kept = sealed.mobile();
        return new OccupantKeyStore.Sealed(
                sealed.order(),
                sealed.place(),
                cipher.encrypt(ring.decrypt(sealed.name(), name), name),
                cipher.encrypt(ring.decrypt(sealed.idNumber(), number), number),
                kept == null ? null : cipher.encrypt(ring.decrypt(kept, mobile), mobile));
    }

    /** The old key goes last of all: when this is cut off, a run after it finds nothing left to do and ends it. */
    private void end(List<byte[]> keys, byte[] before, byte[] after) {
        long left = IdentityKeyStore.fieldsNotUnder(database, KeyId.of(after));
        if (left > 0) {
            throw new IllegalStateException(
                    left + " accounts or occupants are not under the new identity key: run this again");
        }
        if (source.configured().isEmpty()) {
            KeySource old = new KeySource(Optional.empty(), oldFile(KeyId.of(before)));
            keys.stream()
                    .filter(key -> MessageDigest.isEqual(KeyCheck.of(key), before))
                    .findFirst()
                    .ifPresent(key -> old.write(List.of(key)));
            source.write(keys.stream()
                    .filter(key -> MessageDigest.isEqual(KeyCheck.of(key), after))
                    .toList());
        }
        database.inTransaction(tx -> {
            IdentityKeyStore.end(tx);
            audit.byOperator(tx, Audit.What.KEY_CHANGE_ENDED, clock.instant());
            return null;
        });
    }

    /** Where the old key goes: backups made before the change need it. */
    public Path oldFile(KeyId key) {
        return source.file().resolveSibling("identity.key.old-" + key);
    }
}
