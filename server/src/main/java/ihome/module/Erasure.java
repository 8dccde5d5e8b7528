package ihome.module;

import ihome.platform.change.ChangeKey;
import java.util.LinkedHashSet;
import java.util.Set;

/** The erasure of an account that is under way, and what follows from it. For one transaction, and one thread. */
public final class Erasure {
    private final long account;
    private final String mobile;
    private final Set<ChangeKey> changes = new LinkedHashSet<>();
    private final Set<String> pictures = new LinkedHashSet<>();

    /** @param mobile the account's mobile until now */
    public Erasure(long account, String mobile) {
        this.account = account;
        this.mobile = mobile;
    }

    public long account() {
        return account;
    }

    public String mobile() {
        return mobile;
    }

    /** Something that others may read has changed with the erasure. */
    public void change(ChangeKey key) {
        changes.add(key);
    }

    /** A picture, by its key as it is stored, is no longer shown: its files are removed after the commit. */
    public void removePicture(String picture) {
        pictures.add(picture);
    }

    /** What has changed, each once. */
    public Set<ChangeKey> changes() {
        return changes;
    }

    /** The pictures to be removed, each once. */
    public Set<String> pictures() {
        return pictures;
    }
}
