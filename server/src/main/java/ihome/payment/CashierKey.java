package ihome.payment;

import ihome.platform.config.Secret;
import ihome.platform.crypto.KeyCheck;
import ihome.platform.crypto.KeyFile;
import ihome.platform.db.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key that the built-in cashier signs with. All nodes of a site need the same one: what one node has signed, another
 * one reads.
 */
final class CashierKey {
    private final Optional<Secret> configured;
    private final Path file;
    private @Nullable PrivateKey key;

    private CashierKey(Optional<Secret> configured, Path file) {
        this.configured = configured;
        this.file = file;
    }

    /** Of a site that has one node only: a key in the file is made when it is first needed, as most starts need none. */
    static CashierKey ofOneNode(Optional<Secret> configured, Path file) {
        return new CashierKey(configured, file);
    }

    /**
     * Of a site that may have several nodes. The key is read, or made, at once; the first node's is noted in the database.
     *
     * @throws WrongCashierKey if the site's other nodes sign with another one
     */
    static CashierKey ofSharedDatabase(Optional<Secret> configured, Path file, Database database) {
        CashierStore store = new CashierStore();
        CashierKey own = new CashierKey(configured, file);
        if (configured.isEmpty()
                && !Files.exists(file)
                && database.withConnection(store::keyCheck).isPresent()) {
            throw WrongCashierKey.missing(file);
        }
        // On disk before it is noted: a check value without its key would shut out every node.
        byte[] check = KeyCheck.of(own.get().getEncoded());
        if (!MessageDigest.isEqual(check, database.inTransaction(tx -> store.agreeOnKey(tx, check)))) {
            throw WrongCashierKey.differs(configured.isPresent() ? "of the configuration" : "in " + file);
        }
        return own;
    }

    synchronized PrivateKey get() {
        if (key == null) {
            key = RsaKeys.privateKey(configured.orElseGet(this::kept));
        }
        return key;
    }

    private Secret kept() {
        try {
            return KeyFile.readOrMake(
                    file, () -> RsaKeys.text(RsaKeys.generate().getPrivate()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + file, e);
        }
    }
}
