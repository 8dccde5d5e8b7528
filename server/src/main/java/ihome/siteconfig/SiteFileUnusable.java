package ihome.siteconfig;

import java.util.List;

/** A {@code site.yaml} that cannot be applied. */
public final class SiteFileUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    SiteFileUnusable(List<String> mistakes) {
        super(String.join("\n", mistakes), null, false, false);
        this.mistakes = List.copyOf(mistakes);
    }

    /** All of them, each naming the field and where it stands. */
    public List<String> mistakes() {
        return mistakes;
    }
}
